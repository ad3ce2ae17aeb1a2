package io.clearmarket.network.conformance;

import static io.clearmarket.network.conformance.Expect.equal;
import static io.clearmarket.network.conformance.Expect.holds;
import static io.clearmarket.network.conformance.Expect.thrown;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmittedTransaction;
import org.hyperledger.fabric.protos.ledger.rwset.CollectionHashedReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.HashedRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWriteHash;

/** Statements 67 and 68, and what else sections 3 to 5 say of private data. */
final class PrivateStatements {
    private static final Set<Variant> JAVA = Set.of(Variant.BARE, Variant.CONTRACT);

    private PrivateStatements() {}

    static List<Statement> all() {
        return java.util.stream.Stream.of(
                        Statement.of(
                                "67",
                                "Private values are in the block as hashes only; a non-member's peer has the hash, not the value",
                                PrivateStatements::hashes),
                        Statement.of(
                                "67b",
                                "A member-only collection refuses creators of other organisations",
                                PrivateStatements::membersOnly),
                        Statement.of(
                                "67c",
                                "A changed private value conflicts with who read it (hashed reads)",
                                PrivateStatements::hashedReads),
                        Statement.of(
                                "67d",
                                "Private data operations read the whole definition in _lifecycle",
                                PrivateStatements::definitionReads),
                        Statement.of(
                                "67e",
                                "A purged value is gone from both peers, its block has a purge mark",
                                PrivateStatements::purge),
                        Statement.of(
                                "67f",
                                "block_to_live 2: there after two more blocks, gone after three",
                                PrivateStatements::blockToLive),
                        Statement.of(
                                "67g",
                                "Every organisation has an implicit collection",
                                PrivateStatements::implicitCollection),
                        Statement.of(
                                "68",
                                "A private range in a writing transaction fails, alone it works",
                                PrivateStatements::rangeAndWrite))
                .map(statement -> statement.with(JAVA).needing(Capability.PRIVATE_DATA))
                .toList();
    }

    /** By Market's peer alone may be too few for the policy, so by the plan: it takes who may see the data. */
    private static SubmittedTransaction put(Rig rig, String collection, String key, String value) throws Exception {
        rig.awaitSame();
        Proposal proposal = rig.client()
                .contract()
                .newProposal("putPrivate")
                .addArguments(collection, key, "")
                .putTransient("value", value)
                .setEndorsingOrganizations(NetworkPlan.MARKET, NetworkPlan.AUDIT)
                .build();
        SubmittedTransaction submitted = proposal.endorse().submitAsync();
        equal("code", "VALID", submitted.getStatus().getCode().name());
        return submitted;
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Hashing.sha256(text));
    }

    private static CollectionHashedReadWriteSet hashed(Rig rig, TransactionView view, String collection)
            throws Exception {
        return view.readWrites().getNsRwsetList().stream()
                .filter(set -> set.getNamespace().equals(rig.chaincode()))
                .flatMap(set -> set.getCollectionHashedRwsetList().stream())
                .filter(set -> set.getCollectionName().equals(collection))
                .findFirst()
                .orElseThrow(() -> new Difference("no hashed set of " + collection + " in the block"));
    }

    private static void hashes(Rig rig) throws Exception {
        String key = rig.key();
        String value = "the secret of " + key;
        SubmittedTransaction submitted = put(rig, Deployment.MARKET_ONLY, key, value);
        TransactionView view = rig.committed(submitted.getStatus());
        holds(
                "the value is not in the block",
                !view.envelope().toString().contains(value)
                        && view.envelope()
                                        .toByteString()
                                        .toString(java.nio.charset.StandardCharsets.ISO_8859_1)
                                        .indexOf(value)
                                < 0,
                view.envelope());
        KVWriteHash write = HashedRWSet.parseFrom(
                        hashed(rig, view, Deployment.MARKET_ONLY).getHashedRwset())
                .getHashedWrites(0);
        equal("key hash", ByteString.copyFrom(Hashing.sha256(key)), write.getKeyHash());
        equal("value hash", ByteString.copyFrom(Hashing.sha256(value)), write.getValueHash());
        equal("read by a member", value, rig.evaluate("readPrivate", Deployment.MARKET_ONLY, key));
        Client audit = rig.user(NetworkPlan.AUDIT);
        rig.awaitSame();
        equal("hash at the other peer", hash(value), audit.evaluate("hashPrivate", Deployment.MARKET_ONLY, key));
    }

    private static void membersOnly(Rig rig) throws Exception {
        Client stranger = rig.on(NetworkPlan.MARKET, Certificates.member(rig, NetworkPlan.AUDIT));
        thrown(GatewayException.class, () -> stranger.evaluate("readPrivate", Deployment.MARKET_ONLY, rig.key()));
        thrown(
                EndorseException.class,
                () -> stranger.endorseBy(
                        new String[] {NetworkPlan.MARKET}, "putPrivate", Deployment.MARKET_ONLY, rig.key(), "x"));
        equal("the hash is for everybody", "", stranger.evaluate("hashPrivate", Deployment.MARKET_ONLY, rig.key()));
    }

    private static void hashedReads(Rig rig) throws Exception {
        String key = rig.key();
        put(rig, Deployment.SHARED, key, "1");
        var reader = rig.client().endorse("readPrivate", Deployment.SHARED, key);
        put(rig, Deployment.SHARED, key, "2");
        equal("code", "MVCC_READ_CONFLICT", ConflictStatements.code(reader));
    }

    private static void definitionReads(Rig rig) throws Exception {
        TransactionView view =
                rig.committed(put(rig, Deployment.SHARED, rig.key(), "x").getStatus());
        List<String> read = view.in("_lifecycle").getReadsList().stream()
                .map(KVRead::getKey)
                .toList();
        String fields = "namespaces/fields/" + rig.chaincode() + "/";
        equal(
                "reads of _lifecycle",
                List.of(
                        fields + "Collections",
                        fields + "EndorsementInfo",
                        fields + "Sequence",
                        fields + "ValidationInfo",
                        "namespaces/metadata/" + rig.chaincode()),
                read);
    }

    private static void purge(Rig rig) throws Exception {
        String key = rig.key();
        put(rig, Deployment.SHARED, key, "soon gone");
        var purged = rig.client()
                .endorse("purgePrivate", Deployment.SHARED, key)
                .submitAsync()
                .getStatus();
        equal("code", "VALID", purged.getCode().name());
        KVWriteHash write = HashedRWSet.parseFrom(
                        hashed(rig, rig.committed(purged), Deployment.SHARED).getHashedRwset())
                .getHashedWrites(0);
        equal("purge mark", true, write.getIsPurge());
        equal("value", "", rig.evaluate("readPrivate", Deployment.SHARED, key));
        equal("hash", "", rig.evaluate("hashPrivate", Deployment.SHARED, key));
    }

    private static void blockToLive(Rig rig) throws Exception {
        String key = rig.key();
        long block = put(rig, Deployment.SHORT_LIVED, key, "brief").getStatus().getBlockNumber();
        while (rig.client().height() < block + 3) {
            rig.submit("put", rig.key(), "x");
        }
        equal("after two blocks", "brief", rig.evaluate("readPrivate", Deployment.SHORT_LIVED, key));
        rig.submit("put", rig.key(), "x");
        equal("after three", "", rig.evaluate("readPrivate", Deployment.SHORT_LIVED, key));
    }

    private static void implicitCollection(Rig rig) throws Exception {
        String key = rig.key();
        String collection = "_implicit_org_" + NetworkPlan.MARKET;
        Proposal proposal = rig.client()
                .contract()
                .newProposal("putPrivate")
                .addArguments(collection, key, "")
                .putTransient("value", "own".getBytes(UTF_8))
                .setEndorsingOrganizations(NetworkPlan.MARKET)
                .build();
        equal(
                "code with its own organisation's endorsement",
                "VALID",
                proposal.endorse().submitAsync().getStatus().getCode().name());
        equal("value", "own", rig.evaluate("readPrivate", collection, key));
    }

    private static void rangeAndWrite(Rig rig) throws Exception {
        String key = rig.key();
        put(rig, Deployment.SHARED, key, "x");
        equal("a range alone", key, rig.evaluate("rangePrivate", Deployment.SHARED, key, key + "~"));
        thrown(
                EndorseException.class,
                () -> rig.submit("rangePrivateThenPut", Deployment.SHARED, key, key + "~", rig.key()));
    }
}
