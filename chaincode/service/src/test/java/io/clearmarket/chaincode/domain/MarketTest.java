package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.AUDIT;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANTS;
import static io.clearmarket.chaincode.domain.Bazaar.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.MarketConfig.Attester;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarketTest {
    private final Bazaar bazaar = Bazaar.empty();

    @Test
    void platform_and_merchants_together_put_nothing_in_force() {
        approve(Bazaar.config(1), PLATFORM);
        approve(Bazaar.config(1), MERCHANTS);
        assertThat(bazaar.ledger.find(Keys.market())).isNull();
        assertThat(approve(Bazaar.config(1), AUDIT)).isEqualTo("market.in_force");
        assertThat(bazaar.ledger.get(Keys.market())).isEqualTo(Bazaar.config(1));
    }

    @Test
    void audit_alone_puts_nothing_in_force() {
        approve(Bazaar.config(1), AUDIT);
        approve(Bazaar.config(1), AUDIT);
        assertThat(bazaar.ledger.find(Keys.market())).isNull();
    }

    @Test
    void approvals_of_different_bytes_do_not_add_up() {
        MarketConfig config = Bazaar.config(1);
        approve(with(config.attesters(), 3, config.assets()), AUDIT);
        approve(config, PLATFORM);
        assertThat(bazaar.ledger.find(Keys.market())).isNull();
    }

    @Test
    void an_unsound_configuration_is_refused() {
        MarketConfig config = Bazaar.config(1);
        Attester audit = config.attesters().getFirst();
        Attester platform = config.attesters().getLast();
        Attester secondOfPlatform = new Attester(platform.mspId(), EthAddress.parse("0x" + "5c".repeat(20)));
        Asset unmixedCase = new Asset("eip155:31337/erc20:0x" + "ab".repeat(20));
        Asset badChecksum = new Asset("eip155:31337/erc20:0xABababababababababababababababababababab");
        for (MarketConfig bad : List.of(
                with(config.attesters(), 1, config.assets()),
                with(config.attesters(), 4, config.assets()),
                with(List.of(platform), 2, config.assets()),
                with(List.of(audit, new Attester("PlatformMSP", audit.address())), 2, config.assets()),
                with(List.of(audit, new Attester("PlatformMSP", EthAddress.ZERO)), 2, config.assets()),
                with(config.attesters(), 2, List.of()),
                with(config.attesters(), 2, List.of(badChecksum)),
                with(config.attesters(), 2, List.of(unmixedCase)),
                with(List.of(audit, platform, secondOfPlatform), 2, config.assets()),
                with(config.attesters(), 2, List.of(Asset.erc20(1, platform.address()))))) {
            bazaar.refuses(RefusalCode.INVALID_VALUE, new Command.ApproveMarket(bazaar.id(), bad), AUDIT);
        }
    }

    @Test
    void audits_standby_is_one_more_attester() {
        MarketConfig config = Bazaar.config(1);
        Attester standby = new Attester("AuditMSP", EthAddress.parse("0x" + "5b".repeat(20)));
        List<Attester> more =
                Stream.concat(config.attesters().stream(), Stream.of(standby)).toList();
        approve(with(more, 2, config.assets()), AUDIT);
    }

    private String approve(MarketConfig config, Person operator) {
        return bazaar.does(new Command.ApproveMarket(bazaar.id(), config), operator)
                .type();
    }

    private static MarketConfig with(List<Attester> attesters, int quorum, List<Asset> assets) {
        MarketConfig config = Bazaar.config(1);
        return new MarketConfig(
                1,
                config.ledger(),
                config.chainId(),
                config.escrow(),
                attesters,
                config.requiredMsp(),
                config.standbyDelay(),
                quorum,
                assets);
    }
}
