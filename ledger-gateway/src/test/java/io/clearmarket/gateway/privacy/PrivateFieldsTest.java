package io.clearmarket.gateway.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.gateway.testing.LedgerFixture;
import io.clearmarket.gateway.testing.TestDatabase;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFieldsTest {
    private static final PartyId SUBJECT = LedgerFixture.party("subject");
    private static final PartyId OTHER = LedgerFixture.party("other");
    private static final PrivateField NAME = field("buyer.name", "Ada of Lisbon", 1);
    private static final PrivateField REVIEW = field("review.text", "came on time", 2);

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.create();

    @Test
    void a_field_is_found_by_its_commitment_and_lies_sealed() {
        PrivateFields fields = fields();
        assertThat(fields.keep(SUBJECT, NAME, null)).isTrue();
        assertThat(fields.keep(SUBJECT, NAME, null)).isFalse();
        assertThat(fields.find(NAME.commitment()))
                .hasValueSatisfying(kept -> assertThat(kept.field()).isEqualTo(NAME));
        assertThat(new String(sealed(NAME), UTF_8)).doesNotContain("Ada").doesNotContain("buyer.name");
        assertThat(fields.of(OTHER, "")).isEmpty();
    }

    @Test
    void one_field_is_erased_and_the_others_stay_readable_under_another_key() throws IOException {
        PrivateFields fields = fields();
        fields.keep(SUBJECT, NAME, null);
        fields.keep(SUBJECT, REVIEW, null);
        byte[] stolen = sealed(NAME);
        SecretKey before = new SubjectKeys(keys()).find(SUBJECT, 1).orElseThrow();
        ErasureReceipt receipt = fields.erase(SUBJECT, NAME.commitment()).orElseThrow();
        assertThat(fields.find(NAME.commitment())).isEmpty();
        assertThat(fields.of(SUBJECT, "")).extracting(PrivateFields.Kept::field).containsExactly(REVIEW);
        assertThat(receipt.statement().commitments()).containsExactly(NAME.commitment());
        // what an old backup of the database holds is opened by no key that is left
        assertThat(keyFiles()).hasSize(1);
        SecretKey now = new SubjectKeys(keys()).find(SUBJECT, 2).orElseThrow();
        assertThat(Sealing.open(stolen, before, NAME.commitment())).isEqualTo(NAME);
        assertThatThrownBy(() -> Sealing.open(stolen, now, NAME.commitment()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void all_of_a_subject_is_erased_and_nobody_elses() throws IOException {
        PrivateFields fields = fields();
        fields.keep(SUBJECT, NAME, null);
        fields.keep(SUBJECT, REVIEW, null);
        PrivateField theirs = field("buyer.name", "Grace", 3);
        fields.keep(OTHER, theirs, null);
        ErasureReceipt receipt = fields.eraseAll(SUBJECT).orElseThrow();
        assertThat(receipt.statement().commitments()).containsExactlyInAnyOrder(NAME.commitment(), REVIEW.commitment());
        assertThat(fields.of(SUBJECT, "")).isEmpty();
        assertThat(fields.find(theirs.commitment())).isPresent();
        assertThat(keyFiles()).hasSize(1).allMatch(name -> name.startsWith(OTHER.value()));
        assertThat(fields.eraseAll(SUBJECT)).isEmpty();
        assertThat(fields.receipts(SUBJECT)).containsExactly(receipt);
    }

    @Test
    void nobody_erases_what_is_anothers() {
        PrivateFields fields = fields();
        fields.keep(SUBJECT, NAME, null);
        assertThat(fields.erase(OTHER, NAME.commitment())).isEmpty();
        assertThat(fields.find(NAME.commitment())).isPresent();
    }

    @Test
    void the_receipt_is_signed_and_another_statement_is_not() {
        PrivateFields fields = fields();
        fields.keep(SUBJECT, NAME, null);
        ErasureReceipt receipt = fields.eraseAll(SUBJECT).orElseThrow();
        assertThat(receipt.isSigned()).isTrue();
        ErasureReceipt.Statement said = receipt.statement();
        ErasureReceipt.Statement other = ErasureReceipt.Statement.of(
                said.id(),
                said.ledger(),
                said.mspId(),
                OTHER,
                said.commitments(),
                said.keyDestroyed(),
                said.erasedAt());
        assertThat(new ErasureReceipt(other, receipt.certificate(), receipt.signature()).isSigned())
                .isFalse();
    }

    @Test
    void a_key_that_a_crash_left_behind_is_destroyed_by_whoever_comes_next() throws IOException {
        PrivateFields fields = fields();
        fields.keep(SUBJECT, NAME, null);
        byte[] key = Files.readAllBytes(keys().resolve(SUBJECT.value() + "-1.key"));
        fields.eraseAll(SUBJECT);
        Files.write(keys().resolve(SUBJECT.value() + "-1.key"), key);
        fields.keep(SUBJECT, REVIEW, null);
        assertThat(keyFiles()).containsExactly(SUBJECT.value() + "-2.key");
    }

    @Test
    void no_refusal_repeats_what_is_private() {
        assertThatThrownBy(() -> new PrivateField("Ada of Lisbon", NAME.salt(), "x"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageNotContaining("Ada");
        assertThat(NAME.toString()).doesNotContain("Ada");
    }

    private static PrivateField field(String path, String value, int salt) {
        return new PrivateField(path, "%02x".formatted(salt).repeat(32), value);
    }

    private Path keys() {
        return folder.resolve("keys");
    }

    private List<String> keyFiles() throws IOException {
        try (Stream<Path> files = Files.list(keys())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private byte[] sealed(PrivateField field) {
        return database.client()
                .sql("select sealed from private_field where commitment = ?")
                .param(field.commitment().hex())
                .query((row, i) -> row.getBytes(1))
                .single();
    }

    private PrivateFields fields() {
        DevelopmentCa ca = DevelopmentCa.create("PlatformMSP", "ca.platform");
        return new PrivateFields(
                database.client(),
                database.transaction(),
                new SubjectKeys(keys()),
                ca.issue(CertificateRequest.of("gateway", NodeOu.CLIENT)),
                "clearmarket:test:market",
                Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC));
    }
}
