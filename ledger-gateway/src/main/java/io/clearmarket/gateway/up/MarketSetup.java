package io.clearmarket.gateway.up;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.chain.Deployment;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the organisations do once on a new ledger: agree on the market, register, accredit merchant, carrier and arbiter. Through the
 * gateway's API, each under its own key; the command ids make doing it again harmless.
 */
final class MarketSetup {
    private static final String AUDIT = "AuditMSP";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MarketClient client;
    private final RoleTokens tokens;
    private final DevelopmentIdentities people;
    private final Deployment deployment;
    private final Map<String, EthAddress> attesters;
    private final Digest verifierPage;

    /**
     * @param attesters each organisation's attester
     * @param verifierPage SHA-256 of the page that this build makes
     */
    MarketSetup(
            URI gateway,
            RoleTokens tokens,
            DevelopmentIdentities people,
            Deployment deployment,
            Map<String, EthAddress> attesters,
            Digest verifierPage) {
        this.client = new MarketClient(gateway, PATIENCE);
        this.tokens = tokens;
        this.people = people;
        this.deployment = deployment;
        this.attesters = attesters;
        this.verifierPage = verifierPage;
    }

    void run() {
        List<Actor> operators = List.of(actor("operator"), actor("operator-audit"));
        agree(operators);
        people.all().forEach(this::register);
        for (String name : List.of("merchant", "carrier", "arbiter")) {
            DevelopmentIdentities.Person person = people.named(name);
            operators.forEach(operator -> client.execute(
                    operator,
                    new Command.AccreditParty(
                            new CommandId("accredit:" + name), person.identity().partyId(), person.role())));
        }
    }

    /** On the market at first, and again on the next version of it when a build makes another verifier page. */
    private void agree(List<Actor> operators) {
        JsonNode known = client.get("/api/v1/market", null).path("config");
        MarketConfig inForce = known.isObject() ? Json.MAPPER.treeToValue(known, MarketConfig.class) : null;
        if (inForce != null && verifierPage.equals(inForce.verifierPage())) {
            return;
        }
        MarketConfig wanted = inForce == null ? market() : inForce.withVerifierPage(verifierPage);
        CommandId id = new CommandId("market:version-" + wanted.version());
        operators.forEach(operator -> client.execute(operator, new Command.ApproveMarket(id, wanted)));
    }

    private MarketConfig market() {
        return new MarketConfig(
                1,
                GatewaySettings.LEDGER,
                deployment.chainId(),
                deployment.escrow(),
                attesters.entrySet().stream()
                        .map(entry -> new MarketConfig.Attester(entry.getKey(), entry.getValue()))
                        .toList(),
                AUDIT,
                Duration.ofDays(1).toSeconds(),
                2,
                List.of(Asset.erc20(deployment.chainId(), deployment.token())),
                verifierPage);
    }

    private void register(DevelopmentIdentities.Person person) {
        boolean hasMoney = person.role() == Role.BUYER || person.role() == Role.MERCHANT;
        Actor actor = actor(person.name());
        byte[] binding = Keccak.hash256(PartyBinding.signedBytes(GatewaySettings.LEDGER, actor.party()));
        client.execute(
                actor,
                new Command.RegisterParty(
                        new CommandId("register:" + person.name()),
                        person.role(),
                        hasMoney ? person.address().address() : EthAddress.ZERO,
                        hasMoney
                                ? "0x"
                                        + HexFormat.of()
                                                .formatHex(person.address().signDigest(binding))
                                : ""));
    }

    private Actor actor(String name) {
        DevelopmentIdentities.Person person = people.named(name);
        return new Actor(person.identity(), person.address(), tokens.of(name));
    }
}
