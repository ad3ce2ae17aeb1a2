package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.AnswerScript.key;
import static io.clearmarket.network.conformance.AnswerScript.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Timestamp;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Transaction;

/** The recorded questions about identities, signatures and client timestamps. */
final class IdentityScript {
    private static final byte[] NOISE = "noise".getBytes(UTF_8);

    private IdentityScript() {}

    /** Makes a certificate of some kind. */
    @FunctionalInterface
    private interface Maker {
        SigningIdentity make(Rig rig);
    }

    static void addTo(Map<String, AnswerScript.Ask> asks) {
        member(
                asks,
                "Audit User1 through the Market peer",
                rig -> rig.user(NetworkPlan.AUDIT).identity());
        member(asks, "Market certificate claiming AuditMSP", rig -> Certificates.claiming(rig, NetworkPlan.AUDIT));
        member(asks, "MSP id nobody has", rig -> Certificates.claiming(rig, "NobodyMSP"));
        member(asks, "Orderer organisation's admin", Certificates::orderersAdmin);
        asks.put(
                "right certificate, another key, evaluate",
                (rig, before) -> quoted(thief(rig).evaluate("who")));
        asks.put(
                "right certificate, another key, submit",
                (rig, before) -> quoted(thief(rig).submit("put", key("p"), "x")));
        member(asks, "freshly issued by the Market CA", rig -> Certificates.member(rig, NetworkPlan.MARKET));
        member(asks, "expired, issued by the Market CA", Certificates::expired);
        member(asks, "not yet valid, issued by the Market CA", Certificates::notYetValid);
        member(asks, "issued by the Market CA without a role OU", Certificates::withoutRole);
        member(asks, "issued by a stranger under the CA's name", Certificates::strangers);
        proposals(asks);
        envelopes(asks);
    }

    private static void member(Map<String, AnswerScript.Ask> asks, String title, Maker maker) {
        asks.put(
                title + ", evaluate",
                (rig, before) ->
                        quoted(rig.on(NetworkPlan.MARKET, maker.make(rig)).evaluate("who")));
        asks.put(
                title + ", submit",
                (rig, before) ->
                        quoted(rig.on(NetworkPlan.MARKET, maker.make(rig)).submit("put", key("p"), "x")));
    }

    private static Client thief(Rig rig) {
        PrivateKey other = P256.generate().getPrivate();
        return new Client(
                rig.connection(NetworkPlan.MARKET),
                rig.client().identity(),
                message -> P256.sign(other, message),
                rig.chaincode());
    }

    private static SigningIdentity otherUser(Rig rig) {
        return rig.issue(NetworkPlan.MARKET, CertificateRequest.of("User2", NodeOu.CLIENT));
    }

    private static void proposals(Map<String, AnswerScript.Ask> asks) {
        asks.put("proposal signature is noise, endorse", (rig, before) -> {
            Proposal honest = rig.client().propose("put", key("p"), "x");
            Forgery.withSignature(rig.client(), honest, NOISE).endorse();
            return "";
        });
        asks.put("proposal signature by another user's key, endorse", (rig, before) -> {
            Proposal honest = rig.client().propose("put", key("p"), "x");
            // a proposal's digest is the message itself here: the client hashes nothing
            byte[] signature = otherUser(rig).sign(honest.getDigest());
            Forgery.withSignature(rig.client(), honest, signature).endorse();
            return "";
        });
        asks.put("proposal timestamp one hour old, endorse", (rig, before) -> {
            at(rig, "put", Duration.ofHours(-1)).endorse();
            return "";
        });
        asks.put(
                "proposal timestamp one hour old, evaluate",
                (rig, before) ->
                        quoted(new String(at(rig, "who", Duration.ofHours(-1)).evaluate(), UTF_8)));
        asks.put(
                "proposal timestamp ten minutes ahead: accepted, and what the chaincode sees",
                (rig, before) ->
                        quoted(new String(at(rig, "who", Duration.ofMinutes(10)).evaluate(), UTF_8)));
    }

    /** A proposal whose client's clock is off. */
    static Proposal at(Rig rig, String function, Duration off) throws Exception {
        Instant time = Instant.ofEpochSecond(Instant.now().plus(off).getEpochSecond());
        Proposal honest = function.equals("who")
                ? rig.client().propose(function)
                : rig.client().propose(function, key("p"), "x");
        return Forgery.proposal(
                rig.client(),
                honest,
                header -> header.setTimestamp(Timestamp.newBuilder().setSeconds(time.getEpochSecond())));
    }

    private static void envelopes(Map<String, AnswerScript.Ask> asks) {
        asks.put("envelope signature is noise, submit", (rig, before) -> {
            Transaction endorsed = rig.client().endorse("put", key("p"), "x");
            rig.client()
                    .gateway()
                    .newSignedTransaction(endorsed.getBytes(), NOISE)
                    .submit();
            return "";
        });
        asks.put("envelope signed by another user of the same organisation, submit", (rig, before) -> {
            Transaction endorsed = rig.client().endorse("put", key("p"), "x");
            Client other = rig.on(NetworkPlan.MARKET, otherUser(rig));
            other.gateway().newTransaction(endorsed.getBytes()).submit();
            return "";
        });
        asks.put("commit status request signed with noise", (rig, before) -> {
            Requests.commitStatus(rig.client(), "ab".repeat(32), NOISE).getStatus();
            return "";
        });
    }
}
