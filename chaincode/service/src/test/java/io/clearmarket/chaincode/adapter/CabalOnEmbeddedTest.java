package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the embedded network. */
class CabalOnEmbeddedTest extends CabalContract {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK =
            EmbeddedNetworkExtension.with("market", () -> new MarketChaincode("market", Clock.systemUTC()));

    @Override
    void open(Path folder) {
        // the extension has started it
    }

    @Override
    Organization organization(String mspId) {
        return NETWORK.network().organization(mspId);
    }

    @Override
    SigningIdentity issue(String mspId, String name, Role role) {
        return NETWORK.network()
                .issue(
                        mspId,
                        name,
                        NodeOu.CLIENT,
                        Map.of(Role.ATTRIBUTE, role.name().toLowerCase(Locale.ROOT)));
    }
}
