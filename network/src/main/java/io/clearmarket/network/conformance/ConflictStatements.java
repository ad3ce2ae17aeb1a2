package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.equal;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.peer.Endorsement;

/** Statements 45 to 56: conflicts and policies, all judged after ordering. */
final class ConflictStatements {
    private static final String[] MARKET = {NetworkPlan.MARKET};
    /** A minute. */
    private static final int ATTEMPTS = 1_200;

    private static final String[] AUDIT = {NetworkPlan.AUDIT};

    private ConflictStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                                "45",
                                "Of two read-modify-writes in a block the second is MVCC_READ_CONFLICT; blind writes are both VALID",
                                ConflictStatements::sameBlock)
                        .inAllLanguages(),
                Statement.of(
                                "46",
                                "A read key changed or created by a later block is MVCC_READ_CONFLICT",
                                ConflictStatements::laterBlock)
                        .inAllLanguages(),
                Statement.of(
                                "47",
                                "Insert, delete and update in a scanned range are PHANTOM_READ_CONFLICT",
                                ConflictStatements::phantoms)
                        .inAllLanguages(),
                Statement.of(
                                "48",
                                "Who takes only the first result of a range conflicts with changes up to the 101st",
                                ConflictStatements::prefetch)
                        .inAllLanguages(),
                Statement.of("49", "Reading a key's history conflicts with nothing", ConflictStatements::historyIsFree)
                        .inAllLanguages(),
                Statement.of(
                        "50",
                        "A read-only transaction can be submitted, must satisfy the policy, and can lose",
                        ConflictStatements::readOnly),
                Statement.of(
                                "51",
                                "A key bound to one organisation needs that one alone; re-binding needs the old policy",
                                ConflictStatements::boundKey)
                        .inAllLanguages(),
                Statement.of(
                        "52",
                        "Deleting a bound key drops its policy, overwriting keeps it; binding changes the key's version",
                        ConflictStatements::bindingAndValue),
                Statement.of(
                        "53",
                        "A write after a re-binding in the same block is ENDORSEMENT_POLICY_FAILURE",
                        ConflictStatements::reboundInBlock),
                Statement.of(
                        "54",
                        "AND('MarketMSP.member','MarketMSP.admin') fails with endorsers [admin, member], not with [member, admin]",
                        ConflictStatements::orderOfEndorsers),
                Statement.of("55", "Two endorsements by one certificate count once", ConflictStatements::sameEndorser),
                Statement.of(
                        "56",
                        "A write through another chaincode needs that one's policy too; a read does not",
                        ConflictStatements::calleesPolicy));
    }

    static String codes(List<Status> statuses) {
        return String.join(
                ",", statuses.stream().map(each -> each.getCode().name()).toList());
    }

    static String code(Transaction transaction) throws Exception {
        return transaction.submitAsync().getStatus().getCode().name();
    }

    private static void sameBlock(Rig rig) throws Exception {
        List<Status> modified = rig.sameBlock(() -> {
            String key = rig.key();
            return List.of(
                    rig.client().endorse("putGet", key, "1"), rig.client().endorse("putGet", key, "2"));
        });
        equal("two read-modify-writes", "VALID,MVCC_READ_CONFLICT", codes(modified));
        String[] key = {""};
        List<Status> blind = rig.sameBlock(() -> {
            key[0] = rig.key();
            return List.of(
                    rig.client().endorse("put", key[0], "1"), rig.client().endorse("put", key[0], "2"));
        });
        equal("two blind writes", "VALID,VALID", codes(blind));
        equal("value", "2", rig.evaluate("get", key[0]));
    }

    private static void laterBlock(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "1");
        Transaction reader = rig.client().endorse("putGet", key, "2");
        rig.submit("put", key, "3");
        equal("read key changed", "MVCC_READ_CONFLICT", code(reader));
        String absent = rig.key();
        Transaction creator = rig.client().endorse("create", absent, "1");
        rig.submit("put", absent, "2");
        equal("absent key created", "MVCC_READ_CONFLICT", code(creator));
    }

    private static void phantoms(Rig rig) throws Exception {
        for (String[] change : new String[][] {{"put", "c"}, {"delete", "a"}, {"put", "b"}}) {
            String start = rig.key();
            rig.submit("put", start + "a", "x");
            rig.submit("put", start + "b", "x");
            Transaction scan = rig.client().endorse("count", start, start + "~", rig.key());
            String key = start + change[1];
            rig.client()
                    .contract()
                    .submitTransaction(
                            change[0], change[0].equals("put") ? new String[] {key, "y"} : new String[] {key});
            equal(change[0] + " of " + change[1], "PHANTOM_READ_CONFLICT", code(scan));
        }
        String outside = rig.key();
        Transaction scan = rig.client().endorse("count", outside, outside + "m", rig.key());
        rig.submit("put", outside + "z", "x");
        equal("outside the range", "VALID", code(scan));
    }

    private static void prefetch(Rig rig) throws Exception {
        for (int changed : new int[] {100, 101}) {
            String start = rig.key();
            rig.submit("fill", start, "103");
            Transaction first = rig.client().endorse("first", start, start + "~", rig.key());
            rig.submit("put", "%s%04d".formatted(start, changed), "other");
            equal(
                    "after a change of result " + (changed + 1),
                    changed == 100 ? "PHANTOM_READ_CONFLICT" : "VALID",
                    code(first));
        }
    }

    private static void historyIsFree(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "1");
        Transaction reader = rig.client().endorse("historyThenPut", key, rig.key());
        rig.submit("put", key, "2");
        equal("code", "VALID", code(reader));
    }

    private static void readOnly(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "1");
        awaitKey(rig, key);
        equal("code", "VALID", code(rig.client().endorse("get", key)));
        equal(
                "too few endorsements",
                "ENDORSEMENT_POLICY_FAILURE",
                code(rig.client().endorseBy(MARKET, "get", key)));
        Transaction reader = rig.client().endorse("get", key);
        rig.submit("put", key, "2");
        equal("after a change", "MVCC_READ_CONFLICT", code(reader));
    }

    /** The commit status speaks for one peer; the other organisation's may be a block behind and know no such key. */
    private static void awaitKey(Rig rig, String key) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                rig.client().endorseBy(AUDIT, "get", key);
                return;
            } catch (EndorseException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static void boundKey(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "1");
        rig.submit("bind", key, KeyPolicies.peerOf(NetworkPlan.MARKET));
        equal("by Market alone", "VALID", code(rig.client().endorseBy(MARKET, "put", key, "2")));
        equal("by Audit alone", "ENDORSEMENT_POLICY_FAILURE", code(rig.client().endorseBy(AUDIT, "put", key, "3")));
        equal("another key", "ENDORSEMENT_POLICY_FAILURE", code(rig.client().endorseBy(MARKET, "put", rig.key(), "2")));
        String other = KeyPolicies.peerOf(NetworkPlan.AUDIT);
        equal(
                "re-bound by Audit",
                "ENDORSEMENT_POLICY_FAILURE",
                code(rig.client().endorseBy(AUDIT, "bind", key, other)));
        equal("re-bound by Market", "VALID", code(rig.client().endorseBy(MARKET, "bind", key, other)));
        equal("then by Audit alone", "VALID", code(rig.client().endorseBy(AUDIT, "put", key, "4")));
        equal("policy read back", other, rig.evaluate("policy", key));
    }

    private static void bindingAndValue(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "1");
        Transaction reader = rig.client().endorse("putGet", key, "2");
        rig.submit("bind", key, KeyPolicies.peerOf(NetworkPlan.MARKET));
        equal("reader of a key bound meanwhile", "MVCC_READ_CONFLICT", code(reader));
        equal("overwritten by Market alone", "VALID", code(rig.client().endorseBy(MARKET, "put", key, "3")));
        equal("once more", "VALID", code(rig.client().endorseBy(MARKET, "put", key, "4")));
        equal("deleted by Market alone", "VALID", code(rig.client().endorseBy(MARKET, "delete", key)));
        equal(
                "created again by Market alone",
                "ENDORSEMENT_POLICY_FAILURE",
                code(rig.client().endorseBy(MARKET, "put", key, "5")));
    }

    private static void reboundInBlock(Rig rig) throws Exception {
        List<Status> statuses = rig.sameBlock(() -> {
            String key = rig.key();
            rig.submit("put", key, "1");
            rig.awaitSame();
            return List.of(
                    rig.client()
                            .endorseBy(
                                    new String[] {NetworkPlan.MARKET, NetworkPlan.AUDIT},
                                    "bind",
                                    key,
                                    KeyPolicies.peerOf(NetworkPlan.AUDIT)),
                    rig.client().endorseBy(new String[] {NetworkPlan.MARKET, NetworkPlan.AUDIT}, "put", key, "2"));
        });
        equal("codes", "VALID,ENDORSEMENT_POLICY_FAILURE", codes(statuses));
    }

    private static void orderOfEndorsers(Rig rig) throws Exception {
        SigningIdentity admin = rig.issue(NetworkPlan.MARKET, CertificateRequest.of("admin", NodeOu.ADMIN));
        SigningIdentity member = rig.issue(NetworkPlan.MARKET, CertificateRequest.of("member", NodeOu.CLIENT));
        equal("[member, admin]", "VALID", code(endorsedBy(rig, "ordered", List.of(member, admin))));
        equal(
                "[admin, member]",
                "ENDORSEMENT_POLICY_FAILURE",
                code(endorsedBy(rig, "ordered", List.of(admin, member))));
    }

    private static void sameEndorser(Rig rig) throws Exception {
        SigningIdentity one = rig.issue(NetworkPlan.MARKET, CertificateRequest.of("one", NodeOu.CLIENT));
        SigningIdentity two = rig.issue(NetworkPlan.MARKET, CertificateRequest.of("two", NodeOu.CLIENT));
        equal("two certificates", "VALID", code(endorsedBy(rig, "twice", List.of(one, two))));
        equal("one certificate twice", "ENDORSEMENT_POLICY_FAILURE", code(endorsedBy(rig, "twice", List.of(one, one))));
    }

    /** A put with endorsements of the suite's own making in place of the peers'. */
    private static Transaction endorsedBy(Rig rig, String chaincode, List<SigningIdentity> endorsers) throws Exception {
        Client client = rig.calling(chaincode);
        Transaction honest = client.endorseBy(MARKET, "put", rig.key(), "x");
        ByteString[] payload = {ByteString.EMPTY};
        Forgery.action(client, honest, action -> payload[0] = action.getAction().getProposalResponsePayload());
        List<Endorsement> endorsements = new ArrayList<>();
        endorsers.forEach(endorser -> endorsements.add(Endorsing.by(endorser, payload[0])));
        return Forgery.endorsements(client, honest, theirs -> endorsements);
    }

    private static void calleesPolicy(Rig rig) throws Exception {
        String key = rig.key();
        rig.submit("put", key, "seen");
        Client lone = rig.calling("lone");
        equal(
                "the callee wrote",
                "ENDORSEMENT_POLICY_FAILURE",
                code(lone.endorseBy(MARKET, "call", rig.chaincode(), "", "put|" + key + "|x")));
        equal("the callee read", "VALID", code(lone.endorseBy(MARKET, "call", rig.chaincode(), "", "get|" + key)));
        equal("planned by the gateway", "VALID", code(lone.endorse("call", rig.chaincode(), "", "put|" + key + "|y")));
        equal("written", "y", rig.evaluate("get", key));
    }
}
