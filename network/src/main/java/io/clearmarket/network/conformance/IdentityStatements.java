package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.contains;
import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.thrown;

import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.Block;

/** Statements 8, 9 and 76 to 78: who may do what. */
final class IdentityStatements {
    private static final String DENIED =
            "error validating proposal: access denied: channel [market] creator org [MarketMSP]";
    private static final String MALFORMED =
            "error validating proposal: access denied: channel [market] creator org unknown, creator is malformed";

    private IdentityStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                        "8",
                        "A foreign authority's certificate is 'creator is malformed', not a bad signature",
                        IdentityStatements::foreignAuthority),
                Statement.of(
                        "9",
                        "A peer's certificate cannot propose, but reads block events and commit status",
                        IdentityStatements::peersCertificate),
                Statement.of(
                        "76", "A certificate without a role OU is refused everywhere", IdentityStatements::withoutRole),
                Statement.of(
                        "76b",
                        "A certificate with two role OUs is refused, one with another OU beside its role is fine",
                        IdentityStatements::severalUnits),
                Statement.of(
                        "77",
                        "An expired certificate opens no block events and proposes nothing (3.1), but reads status and chaincode events",
                        IdentityStatements::expired),
                Statement.of(
                        "77c",
                        "A certificate that begins before its authority was valid is unknown",
                        IdentityStatements::olderThanAuthority),
                Statement.of("77b", "The orderer refuses an expired certificate", IdentityStatements::expiredAtOrderer),
                Statement.of(
                                "78",
                                "A block may hold a transaction of an identity that has expired meanwhile",
                                IdentityStatements::expiredInBlock)
                        .on(Stage.SMALL_BLOCKS),
                Statement.of("78b", "A revoked certificate is refused everywhere", IdentityStatements::revoked)
                        .needing(Capability.REVOCATION));
    }

    private static void refused(Rig rig, SigningIdentity identity, String text) {
        Client client = rig.on(NetworkPlan.MARKET, identity);
        GatewayException evaluate = thrown(GatewayException.class, () -> client.evaluate("length", "a"));
        Expect.status(Status.Code.FAILED_PRECONDITION, "evaluate call to endorser returned error: " + text, evaluate);
        EndorseException endorse = thrown(EndorseException.class, () -> client.submit("put", "a", "b"));
        equal("detail", text, Expect.onlyDetail(rig.market(), endorse));
    }

    private static void refusedAtStreams(Client client) throws Exception {
        try (CloseableIterator<Block> blocks = client.network().getBlockEvents(Events::soon)) {
            NoSuchElementException e = thrown(NoSuchElementException.class, blocks::next);
            equal("block events", "Unexpected status response: FORBIDDEN", e.getMessage());
        }
        var status = thrown(
                org.hyperledger.fabric.client.CommitStatusException.class,
                () -> Requests.commitStatus(client, NetworkPlan.CHANNEL, "ab".repeat(32))
                        .getStatus(Events::soon));
        equal("commit status", Status.Code.PERMISSION_DENIED, status.getStatus().getCode());
    }

    private static void foreignAuthority(Rig rig) throws Exception {
        refused(rig, Certificates.strangers(rig), MALFORMED);
        refused(rig, Certificates.claiming(rig, NetworkPlan.AUDIT), MALFORMED);
        refused(rig, Certificates.claiming(rig, "NobodyMSP"), MALFORMED);
        refusedAtStreams(rig.on(NetworkPlan.MARKET, Certificates.strangers(rig)));
    }

    private static void peersCertificate(Rig rig) throws Exception {
        Client peer =
                rig.on(NetworkPlan.MARKET, rig.issue(NetworkPlan.MARKET, CertificateRequest.of("spare", NodeOu.PEER)));
        GatewayException e = thrown(GatewayException.class, () -> peer.evaluate("length", "a"));
        contains(
                "description",
                "with policy [/Channel/Application/Writers]: [implicit policy evaluation failed",
                e.getStatus().getDescription());
        try (CloseableIterator<Block> blocks =
                peer.network().newBlockEventsRequest().startBlock(0).build().getEvents()) {
            equal("block", 0L, blocks.next().getHeader().getNumber());
        }
        Transaction endorsed = rig.client().endorse("put", rig.key(), "x");
        endorsed.submit();
        equal(
                "code",
                "VALID",
                Requests.commitStatus(peer, NetworkPlan.CHANNEL, endorsed.getTransactionId())
                        .getStatus()
                        .getCode()
                        .name());
    }

    private static void withoutRole(Rig rig) throws Exception {
        refused(rig, Certificates.withoutRole(rig), DENIED);
        refusedAtStreams(rig.on(NetworkPlan.MARKET, Certificates.withoutRole(rig)));
    }

    private static void severalUnits(Rig rig) throws Exception {
        refused(
                rig,
                rig.issue(
                        NetworkPlan.MARKET,
                        CertificateRequest.of("made", NodeOu.CLIENT).withUnit("admin")),
                DENIED);
        Client fine = rig.on(
                NetworkPlan.MARKET,
                rig.issue(
                        NetworkPlan.MARKET,
                        CertificateRequest.of("made", NodeOu.CLIENT).withUnit("sales")));
        equal("length", "0", fine.evaluate("length", rig.key()));
    }

    private static void expired(Rig rig) throws Exception {
        Client client = rig.on(NetworkPlan.MARKET, Certificates.expired(rig));
        GatewayException evaluate = thrown(GatewayException.class, () -> client.evaluate("length", "a"));
        Expect.status(Status.Code.UNAVAILABLE, GatewayStatements.EVALUATE_FAILED, evaluate);
        equal(
                "first detail",
                "proposal client identity expired",
                evaluate.getDetails().get(0).getMessage());
        try (CloseableIterator<Block> blocks = client.network().getBlockEvents(Events::soon)) {
            NoSuchElementException e = thrown(NoSuchElementException.class, blocks::next);
            equal("block events", "Unexpected status response: FORBIDDEN", e.getMessage());
        }
        Transaction endorsed = rig.client().endorse("put", rig.key(), "x");
        long height = rig.client().height();
        endorsed.submit();
        equal(
                "commit status",
                "VALID",
                Requests.commitStatus(client, NetworkPlan.CHANNEL, endorsed.getTransactionId())
                        .getStatus()
                        .getCode()
                        .name());
        try (CloseableIterator<ChaincodeEvent> events = client.network()
                .newChaincodeEventsRequest(rig.chaincode())
                .startBlock(height)
                .build()
                .getEvents(options -> options.withDeadlineAfter(60, TimeUnit.SECONDS))) {
            equal("event", "put", events.next().getEventName());
        }
    }

    /** The proposal's time filter comes first, so only who does not propose learns it. */
    private static void olderThanAuthority(Rig rig) throws Exception {
        Client client = rig.on(NetworkPlan.MARKET, Certificates.olderThanAuthority(rig));
        refusedAtStreams(client);
        thrown(GatewayException.class, () -> client.evaluate("length", "a"));
    }

    private static void expiredAtOrderer(Rig rig) throws Exception {
        for (int seconds = 3; seconds <= 48; seconds *= 2) {
            Client client = rig.on(NetworkPlan.MARKET, Certificates.expiring(rig, Duration.ofSeconds(seconds)));
            Instant over = client.identity().certificate().getNotAfter().toInstant();
            Transaction endorsed;
            try {
                endorsed = client.endorse("put", rig.key(), "x");
            } catch (EndorseException slowMachine) {
                // expired before it was endorsed: try with a certificate that lasts longer
                continue;
            }
            sleepUntil(over.plusSeconds(2));
            SubmitException e = thrown(SubmitException.class, endorsed::submitAsync);
            Expect.status(
                    Status.Code.ABORTED,
                    "received unsuccessful response from orderer: status=BAD_REQUEST, info=broadcast client identity"
                            + " expired",
                    e);
            return;
        }
        throw new IllegalStateException("no transaction was endorsed while its certificate was good");
    }

    private static void sleepUntil(Instant then) throws InterruptedException {
        long left = Duration.between(Instant.now(), then).toMillis();
        if (left > 0) {
            Thread.sleep(left);
        }
    }

    /** The block is cut three seconds after the submit, when the certificate is no longer good. */
    private static void expiredInBlock(Rig rig) throws Exception {
        rig.warmUp();
        for (int seconds = 2; seconds <= 16; seconds *= 2) {
            Client client = rig.on(NetworkPlan.MARKET, Certificates.expiring(rig, Duration.ofSeconds(seconds)));
            Instant over = client.identity().certificate().getNotAfter().toInstant();
            try {
                Transaction endorsed = client.endorse("put", rig.key(), "x");
                sleepUntil(over.minusMillis(700));
                var submitted = endorsed.submitAsync();
                equal("code", "VALID", submitted.getStatus().getCode().name());
                return;
            } catch (EndorseException | SubmitException slowMachine) {
                // expired before it was ordered: try with a certificate that lasts longer
            }
        }
        throw new IllegalStateException("no transaction was ordered while its certificate was good");
    }

    private static void revoked(Rig rig) throws Exception {
        SigningIdentity member = Certificates.member(rig, NetworkPlan.MARKET);
        Client client = rig.on(NetworkPlan.MARKET, member);
        client.submit("put", rig.key(), "x");
        Transaction endorsed = client.endorse("put", rig.key(), "x");
        rig.network().revoke(NetworkPlan.MARKET, member.certificate());
        refused(rig, member, DENIED);
        refusedAtStreams(client);
        thrown(SubmitException.class, endorsed::submitAsync);
    }
}
