package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Limits;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.MarketConfig.Attester;
import io.clearmarket.chaincode.api.Records.Approval;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.json.CanonicalJson;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The market's configuration: approved by the organisations' operators, in force with two equal approvals. */
final class Market {
    private Market() {}

    /** The configuration in force, or the refusal that there is none. */
    static MarketConfig inForce(View view) {
        return Refuse.ifAbsent(
                view.find(Keys.market()),
                RefusalCode.NO_MARKET,
                () -> "no market configuration is in force; operators of " + MarketConfig.REQUIRED_MSP
                        + " and of another organisation approve one with approveMarket");
    }

    static Outcome approve(Command.ApproveMarket command, View view, Context context) {
        Permissions.requireCertified(command, context);
        MarketConfig config = command.config();
        requireNextVersion(config, view);
        requireSound(config);
        String msp = context.asker().mspId();
        Set<String> organisations =
                config.attesters().stream().map(Attester::mspId).collect(Collectors.toSet());
        Refuse.unless(
                organisations.contains(msp),
                RefusalCode.WRONG_ORGANISATION,
                () -> msp + " has no attester in this configuration; its organisations are " + organisations);
        Digest digest = Digest.sha256(CanonicalJson.bytes(config));
        Outcome.Write<?> approval =
                new Outcome.Write<>(Keys.approval(config.version(), msp), new Approval(config.version(), msp, digest));
        boolean inForce = organisations.stream()
                .filter(other -> !other.equals(msp))
                .filter(other -> msp.equals(MarketConfig.REQUIRED_MSP) || other.equals(MarketConfig.REQUIRED_MSP))
                .anyMatch(other -> hasApproved(other, config.version(), digest, view));
        return inForce
                ? Outcome.Moved.of("market.in_force", approval, new Outcome.Write<>(Keys.market(), config))
                : Outcome.Moved.of("market.approved", approval);
    }

    private static boolean hasApproved(String msp, int version, Digest digest, View view) {
        Approval approval = view.find(Keys.approval(version, msp));
        return approval != null && approval.config().equals(digest);
    }

    private static void requireNextVersion(MarketConfig config, View view) {
        MarketConfig current = view.find(Keys.market());
        int next = current == null ? 1 : Math.addExact(current.version(), 1);
        Refuse.unless(
                config.version() == next,
                RefusalCode.WRONG_MARKET_VERSION,
                () -> "the configuration has version " + config.version() + "; the next one is " + next);
    }

    private static void requireSound(MarketConfig config) {
        Bounds.require(config.ledger(), "ledger", MarketConfig.LEDGER, "3 to 100 small letters, digits, ':._-'");
        Bounds.require(config.requiredMsp(), "requiredMsp", MarketConfig.REQUIRED_MSP, MarketConfig.REQUIRED_MSP);
        require(config.chainId() > 0, "chainId", config.chainId(), "a positive number");
        require(!config.escrow().isZero(), "escrow", config.escrow(), "the address of the escrow contract");
        require(
                config.standbyDelay() >= 0 && config.standbyDelay() <= Limits.STANDBY_DELAY,
                "standbyDelay",
                config.standbyDelay(),
                "0 to " + Limits.STANDBY_DELAY + " seconds, so that a standby pays well before any stop date");
        requireSoundAttesters(config);
        requireSoundAssets(config.assets(), config.chainId());
    }

    private static void requireSoundAttesters(MarketConfig config) {
        List<Attester> attesters = config.attesters();
        attesters.forEach(
                attester -> Bounds.require(attester.mspId(), "mspId", MarketConfig.MSP, "an MSP id, letters, digits"));
        long addresses = attesters.stream().map(Attester::address).distinct().count();
        long organisations = attesters.stream().map(Attester::mspId).distinct().count();
        int required = config.requiredAttesters().size();
        require(
                addresses == attesters.size()
                        && attesters.size() <= Limits.ATTESTERS
                        && attesters.stream()
                                .noneMatch(attester -> attester.address().isZero()),
                "attesters",
                attesters.size() + " attesters",
                "at most " + Limits.ATTESTERS + ", each with an address of its own");
        require(
                (required == 1 || required == 2) && organisations == attesters.size() - required + 1,
                "attesters",
                attesters.size() + " attesters of " + organisations + " organisations",
                "one of each organisation, and of " + MarketConfig.REQUIRED_MSP + " at most one more as its standby");
        require(
                config.quorum() >= 2 && config.quorum() <= organisations,
                "quorum",
                config.quorum(),
                "2 to the number of organisations, " + organisations);
    }

    private static void requireSoundAssets(List<Asset> assets, long chainId) {
        require(
                !assets.isEmpty() && assets.size() <= Limits.ASSETS,
                "assets",
                assets.size() + " assets",
                "1 to " + Limits.ASSETS);
        for (Asset asset : assets) {
            require(asset.chainId() == chainId, "assets", asset, "an asset on chain " + chainId);
            EthAddress token = token(asset);
            require(
                    asset.equals(Asset.erc20(chainId, token)),
                    "assets",
                    asset,
                    "spelled " + Asset.erc20(chainId, token) + ", since terms are compared with it");
        }
    }

    private static EthAddress token(Asset asset) {
        try {
            return asset.token();
        } catch (IllegalArgumentException wrongChecksum) {
            throw new InvalidValue("assets", asset.toString(), "an address with the right checksum");
        }
    }

    private static void require(boolean right, String field, Object value, String expected) {
        if (!right) {
            throw new InvalidValue(field, value.toString(), expected);
        }
    }
}
