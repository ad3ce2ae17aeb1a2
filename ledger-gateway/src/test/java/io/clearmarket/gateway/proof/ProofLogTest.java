package io.clearmarket.gateway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.fabric.LedgerBlock;
import io.clearmarket.gateway.proof.tree.Leaves;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.gateway.proof.verifier.PolicyText;
import io.clearmarket.gateway.proof.witness.Cosigner;
import io.clearmarket.gateway.proof.witness.Cosigning;
import io.clearmarket.gateway.proof.witness.Witness;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.LogLeaf;
import io.clearmarket.wallet.proof.Merkle;
import io.clearmarket.wallet.proof.NoteKey;
import io.clearmarket.wallet.proof.NoteSigner;
import io.clearmarket.wallet.proof.SignedNote;
import io.clearmarket.wallet.proof.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Log and witnesses on a real database, fed with blocks. */
class ProofLogTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final TestDatabase database = TestDatabase.create();
    private final Leaves leaves = new Leaves("example.com/test", "market");
    private final LogStore log = new LogStore(database.template(), database.client(), leaves);
    private final LogProjection projection = new LogProjection(log, leaves);
    private final CheckpointStore store = new CheckpointStore(database.client());
    private final NoteSigner signer = NoteSigner.log(leaves.origin(), Ed25519Key.generate());
    private final Witness audit = witness("AuditMSP");
    private final Witness platform = witness("PlatformMSP");
    private final Witness merchants = witness("MerchantsMSP");
    private final LedgerFixture ledger = new LedgerFixture();

    private Witness witness(String mspId) {
        try {
            return new Witness(
                    mspId,
                    NoteSigner.witness("example.com/test/" + mspId, Ed25519Key.generate()),
                    signer.key(),
                    leaves,
                    Files.createTempDirectory("witness"),
                    CLOCK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void feed(Witness witness, List<LedgerBlock> blocks) {
        try {
            for (LedgerBlock block : blocks) {
                witness.accept(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checkpoints checkpoints() {
        return checkpoints(List.of(audit, platform, merchants));
    }

    private Checkpoints checkpoints(List<Cosigner> asked) {
        Map<String, NoteKey> keys = new TreeMap<>();
        List.of(audit, platform, merchants).forEach(witness -> keys.put(witness.mspId(), witness.key()));
        TrustPolicy policy = TrustPolicy.parse(PolicyText.of(signer.key(), keys, "AuditMSP"));
        return new Checkpoints(log, store, signer, asked, policy, CLOCK);
    }

    /** Blocks of an order each; the ledger goes on from where it was. */
    private List<LedgerBlock> grow(int orders) {
        List<LedgerBlock> blocks = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            ledger.place("order-%04d".formatted(ledger.blocks().size()), LedgerFixture.MERCHANT);
            blocks.add(ledger.seal());
        }
        return blocks;
    }

    private void toLog(List<LedgerBlock> blocks) {
        blocks.forEach(block -> database.transaction().executeWithoutResult(status -> projection.apply(block)));
    }

    private long witnessedSize() {
        return store.newestWitnessed()
                .map(note -> Checkpoint.parse(note.text()).size())
                .orElse(0L);
    }

    @Test
    void a_witness_that_claims_to_have_cosigned_nothing_holds_up_no_other() {
        List<LedgerBlock> blocks = grow(3);
        toLog(blocks);
        feed(audit, blocks);
        feed(platform, blocks);
        Cosigner hostile = new Cosigner() {
            @Override
            public String mspId() {
                return "AHostileMSP";
            }

            @Override
            public NoteKey key() {
                return merchants.key();
            }

            @Override
            public Cosigning cosign(long oldSize, List<Hash> consistency, SignedNote note) {
                return new Cosigning.Conflict(0);
            }

            @Override
            public void publish(SignedNote note) {
                // not for it
            }
        };

        assertThat(checkpoints(List.of(hostile, audit, platform)).advance()).isTrue();
        assertThat(witnessedSize()).isEqualTo(log.size());
    }

    @Test
    void roots_and_proofs_from_tiles_are_those_of_the_standard() {
        toLog(grow(180));
        CompactRange reference = new CompactRange();
        List<Hash> roots = new ArrayList<>();
        List<LogLeaf> all = log.leaves(0, log.size());
        assertThat(all).hasSize(720);
        for (LogLeaf leaf : all) {
            reference.append(leaf.hash());
            roots.add(reference.root());
        }
        TileTree tree = log.tree();
        for (int size = 1; size <= all.size(); size += 1 + size / 9) {
            Hash root = roots.get(size - 1);
            assertThat(tree.root(size)).isEqualTo(root);
            for (int index = 0; index < size; index += 1 + size / 7) {
                assertThat(Merkle.isIncluded(index, size, all.get(index).hash(), root, tree.inclusion(index, size)))
                        .isTrue();
                assertThat(Merkle.isConsistent(
                                index + 1, size, roots.get(index), root, tree.consistency(index + 1, size)))
                        .isTrue();
            }
        }
    }

    @Test
    void rebuilding_from_block_0_gives_the_same_tiles() {
        toLog(grow(70));
        byte[] before = log.findTile(0, 1).orElseThrow();
        Hash root = log.tree().root(log.size());
        projection.reset();
        assertThat(log.size()).isZero();
        toLog(ledger.blocks());
        assertThat(log.findTile(0, 1).orElseThrow()).isEqualTo(before);
        assertThat(log.tree().root(log.size())).isEqualTo(root);
    }

    @Test
    void a_checkpoint_counts_once_the_auditor_and_one_other_have_cosigned() {
        List<LedgerBlock> blocks = grow(3);
        toLog(blocks);
        assertThat(checkpoints().advance()).isFalse();
        feed(platform, blocks);
        feed(merchants, blocks);
        assertThat(checkpoints().advance())
                .as("platform and merchants without the auditor")
                .isFalse();
        assertThat(store.newestWitnessed()).isEmpty();
        feed(audit, blocks);
        assertThat(checkpoints().advance()).isTrue();
        assertThat(witnessedSize()).isEqualTo(12);
        assertThat(store.newestWitnessed().orElseThrow().signatures()).hasSize(4);
    }

    @Test
    void witnesses_cosign_each_larger_log_after_the_one_before_and_a_lagging_one_catches_up() {
        for (int round = 1; round <= 3; round++) {
            List<LedgerBlock> blocks = grow(2);
            toLog(blocks);
            feed(audit, blocks);
            feed(platform, blocks);
            if (round == 3) {
                feed(merchants, ledger.blocks());
            }
            assertThat(checkpoints().advance()).isTrue();
            assertThat(witnessedSize()).isEqualTo(round * 8L);
        }
        assertThat(store.newestWitnessed().orElseThrow().signatures()).hasSize(4);
    }

    @Test
    void no_witness_cosigns_a_log_that_left_a_write_out() {
        List<LedgerBlock> blocks = grow(2);
        feed(audit, blocks);
        List<LogLeaf> honest = leaves.of(blocks.getFirst());
        log.append(honest.subList(0, 3));
        log.append(leaves.of(blocks.getLast()));
        assertThat(offer(audit, new Checkpoint(leaves.origin(), 4, log.tree().root(4)), 0, List.of()))
                .isInstanceOfSatisfying(
                        Cosigning.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Cosigning.Reason.DIFFERS_FROM_LEDGER));
    }

    @Test
    void no_witness_cosigns_a_fork_of_what_it_cosigned() {
        List<LedgerBlock> blocks = grow(2);
        toLog(blocks);
        feed(audit, blocks);
        Checkpoint honest = new Checkpoint(leaves.origin(), 8, log.tree().root(8));
        assertThat(offer(audit, honest, 0, List.of())).isInstanceOf(Cosigning.Cosigned.class);
        Checkpoint fork = new Checkpoint(leaves.origin(), 8, log.tree().root(7));
        assertThat(offer(audit, fork, 8, List.of()))
                .isInstanceOfSatisfying(
                        Cosigning.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Cosigning.Reason.INCONSISTENT));
        Checkpoint older = new Checkpoint(leaves.origin(), 4, log.tree().root(4));
        assertThat(offer(audit, older, 0, List.of())).isEqualTo(new Cosigning.Conflict(8));
        assertThat(offer(audit, honest, 8, List.of())).isInstanceOf(Cosigning.Cosigned.class);
    }

    @Test
    void a_witness_asks_who_signed_and_for_which_log() {
        List<LedgerBlock> blocks = grow(1);
        toLog(blocks);
        feed(audit, blocks);
        Checkpoint honest = new Checkpoint(leaves.origin(), 4, log.tree().root(4));
        SignedNote forged = note(honest, NoteSigner.log(leaves.origin(), Ed25519Key.generate()));
        assertThat(kind(audit.cosign(0, List.of(), forged))).isEqualTo(Cosigning.Reason.BAD_SIGNATURE);
        Checkpoint elsewhere = new Checkpoint("example.com/other", 4, honest.root());
        assertThat(kind(offer(audit, elsewhere, 0, List.of()))).isEqualTo(Cosigning.Reason.UNKNOWN_LOG);
        assertThat(kind(offer(audit, honest, 5, List.of()))).isEqualTo(Cosigning.Reason.MALFORMED);
        assertThat(kind(offer(audit, honest, 0, List.of(Merkle.EMPTY_ROOT)))).isEqualTo(Cosigning.Reason.INCONSISTENT);
        assertThat(offer(audit, new Checkpoint(leaves.origin(), 8, honest.root()), 0, List.of()))
                .isEqualTo(new Cosigning.Behind(4));
    }

    @Test
    void a_log_that_was_rebuilt_from_other_blocks_signs_nothing() {
        toLog(grow(2));
        checkpoints().advance();
        projection.reset();
        LedgerFixture other = new LedgerFixture();
        for (int i = 0; i < 3; i++) {
            other.place("other-%04d".formatted(i), LedgerFixture.MERCHANT);
            toLog(List.of(other.seal()));
        }
        assertThatThrownBy(() -> checkpoints().advance()).hasMessageContaining("nothing is signed");
    }

    private static Cosigning.Reason kind(Cosigning answer) {
        return ((Cosigning.Refused) answer).kind();
    }

    private Cosigning offer(Witness witness, Checkpoint checkpoint, long old, List<Hash> proof) {
        return witness.cosign(old, proof, note(checkpoint, signer));
    }

    private static SignedNote note(Checkpoint checkpoint, NoteSigner by) {
        return new SignedNote(checkpoint.text(), List.of(by.sign(checkpoint, NOW)));
    }
}
