package io.clearmarket.gateway.testing;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A buyer whose keys exist only in the test's process: enrols by CSR and signs everything itself. */
public final class DeviceBuyer {
    private final TestHttp http;
    private final SigningIdentity identity;
    private final Secp256k1Key ethKey;

    private DeviceBuyer(TestHttp http, SigningIdentity identity, Secp256k1Key ethKey) {
        this.http = http;
        this.identity = identity;
        this.ethKey = ethKey;
    }

    /** Makes keys, has them certified and registers as a party. */
    public static DeviceBuyer enrol(GatewayTestSystem system) {
        KeyPair keys = P256.generate();
        Answer enrolled = system.http(system.token("merchant"))
                .post("/api/v1/enrolments", Map.of("csr", Csr.create(keys, "me").toPem(), "role", "buyer"));
        DeviceBuyer buyer = new DeviceBuyer(
                system.http(enrolled.text("token")),
                new SigningIdentity(
                        enrolled.text("mspId"), Pem.certificate(enrolled.text("certificate")), keys.getPrivate()),
                Secp256k1Key.generate());
        buyer.register();
        return buyer;
    }

    /** Takes up a checkout, without the page: makes keys, has them certified by it and registers as a party. */
    public static Claimed claim(GatewayTestSystem system, String checkout) {
        KeyPair keys = P256.generate();
        Secp256k1Key wallet = Secp256k1Key.generate();
        String path = "/api/v1/checkouts/" + checkout;
        String challenge = system.http(null).get(path + "/offer").text("challenge");
        Csr csr = Csr.create(keys, "clearmarket-checkout-" + challenge);
        Answer claimed =
                system.http(null).post(path + "/claims", Map.of("csr", csr.toPem(), "address", wallet.address()));
        if (claimed.status() != 201) {
            throw new IllegalStateException(claimed.toString());
        }
        DeviceBuyer buyer = new DeviceBuyer(
                system.http(claimed.text("token")),
                new SigningIdentity(
                        claimed.text("mspId"), Pem.certificate(claimed.text("certificate")), keys.getPrivate()),
                wallet);
        buyer.register();
        return new Claimed(
                buyer,
                Json.MAPPER.treeToValue(claimed.body().path("terms"), Terms.class),
                claimed.text("merchantSignature"));
    }

    /**
     * A key that the gateway has let in, which registers as a party.
     *
     * @param admitted certificate, organisation and token
     */
    public static DeviceBuyer admitted(GatewayTestSystem system, KeyPair keys, JsonNode admitted) {
        DeviceBuyer buyer = new DeviceBuyer(
                system.http(admitted.path("token").asString()),
                new SigningIdentity(
                        admitted.path("mspId").asString(),
                        Pem.certificate(admitted.path("certificate").asString()),
                        keys.getPrivate()),
                Secp256k1Key.generate());
        buyer.register();
        return buyer;
    }

    /** A buyer, and the terms that the merchant has signed for them. */
    public record Claimed(DeviceBuyer buyer, Terms terms, String merchantSignature) {
        /** Signs them too, and places the order. */
        public Answer place() {
            String signature = Base64.getEncoder().encodeToString(buyer.identity.sign(terms.canonicalBytes()));
            return buyer.execute(new Command.PlaceOrder(
                    buyer.newId(), terms.orderId(), List.of(new SignedTerms(terms, signature, merchantSignature))));
        }
    }

    private void register() {
        Answer registered = execute(
                new Command.RegisterParty(newId(), Role.BUYER, ethKey.address(), TestMarket.binding(ethKey, party())));
        if (registered.status() != 200) {
            throw new IllegalStateException(registered.toString());
        }
    }

    public PartyId party() {
        return identity.partyId();
    }

    public SigningIdentity identity() {
        return identity;
    }

    public KeyPair keys() {
        return new KeyPair(identity.certificate().getPublicKey(), identity.privateKey());
    }

    public Secp256k1Key ethKey() {
        return ethKey;
    }

    public TestHttp http() {
        return http;
    }

    public CommandId newId() {
        return new CommandId(UUID.randomUUID().toString());
    }

    /** Prepares, signs, endorses, signs and submits; the first answer that is not 200, or the last one. */
    public Answer execute(Request command) {
        Answer prepared = prepare(command);
        if (prepared.status() != 200) {
            return prepared;
        }
        Answer endorsed = endorse(prepared);
        return endorsed.status() == 200 ? submit(endorsed) : endorsed;
    }

    public Answer prepare(Request command) {
        return http.post(
                "/api/v1/commands/prepare",
                Map.of(
                        "function",
                        CommandName.of(command.getClass()),
                        "command",
                        Json.MAPPER.valueToTree(command),
                        "certificate",
                        identity.certificatePem()));
    }

    public Answer endorse(Answer prepared) {
        String proposal = prepared.text("proposal");
        return http.post("/api/v1/commands/endorse", Map.of("proposal", proposal, "signature", sign(proposal)));
    }

    public Answer submit(Answer endorsed) {
        String transaction = endorsed.text("transaction");
        return http.post("/api/v1/commands/submit", Map.of("transaction", transaction, "signature", sign(transaction)));
    }

    /** This device's signature over bytes in base64. */
    public String sign(String base64) {
        return Base64.getEncoder()
                .encodeToString(identity.sign(Base64.getDecoder().decode(base64)));
    }
}
