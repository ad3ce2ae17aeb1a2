package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.NetworkConfig;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Network;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** What a test's parameter is given, by its type and its {@link As}. */
final class InjectedParameter {
    private static final Map<Class<?>, BiFunction<NetworkFixture, Wish, Object>> RESOLVERS = Map.of(
            EmbeddedNetwork.class, (fixture, wish) -> fixture.network(),
            NetworkClient.class, (fixture, wish) -> wish.client(fixture),
            Gateway.class, (fixture, wish) -> wish.client(fixture).gateway(),
            Network.class, (fixture, wish) -> wish.client(fixture).network(),
            Contract.class, (fixture, wish) -> wish.client(fixture).contract(wish.chaincode(fixture)));

    private InjectedParameter() {}

    static boolean supports(ParameterContext parameter) {
        return RESOLVERS.containsKey(parameter.getParameter().getType());
    }

    static Object resolve(ParameterContext parameter, NetworkFixture fixture) {
        return Objects.requireNonNull(RESOLVERS.get(parameter.getParameter().getType()))
                .apply(fixture, Wish.of(parameter));
    }

    private record Wish(String organization, String user, String chaincode) {
        static Wish of(ParameterContext parameter) {
            Optional<As> as = parameter.findAnnotation(As.class);
            return new Wish(
                    as.map(As::organization).orElse(""),
                    as.map(As::user).orElse("user"),
                    as.map(As::chaincode).orElse(""));
        }

        NetworkClient client(NetworkFixture fixture) {
            NetworkConfig config = fixture.network().config();
            return fixture.client(organization.isEmpty() ? config.mspIds().getFirst() : organization, user);
        }

        String chaincode(NetworkFixture fixture) {
            if (!chaincode.isEmpty()) {
                return chaincode;
            }
            return fixture.network().config().chaincodes().stream()
                    .findFirst()
                    .map(ChaincodeConfig::name)
                    .orElseThrow(() -> new ParameterResolutionException("no chaincode is deployed on this network"));
        }
    }
}
