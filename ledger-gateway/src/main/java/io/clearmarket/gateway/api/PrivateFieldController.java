package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Form;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.privacy.ErasureReceipt;
import io.clearmarket.gateway.privacy.PrivateField;
import io.clearmarket.gateway.privacy.PrivateFields;
import io.clearmarket.gateway.privacy.PrivateFields.Kept;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A caller's own private fields, and those that are shared with a consignment's parties. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Private fields", description = "What records commit to, sealed beside the ledger")
class PrivateFieldController {
    private final PrivateFields fields;
    private final ReadModel readModel;

    PrivateFieldController(PrivateFields fields, ReadModel readModel) {
        this.fields = fields;
        this.readModel = readModel;
    }

    /**
     * What a device keeps here.
     *
     * @param consignmentId whose parties may read it too
     */
    record FieldBody(
            @Form(PrivateField.PATH) String path,
            @Form(PrivateField.SALT) String salt,
            String value,
            @Nullable ConsignmentId consignmentId) {
        PrivateField field() {
            return new PrivateField(path, salt, value);
        }

        /** The value stays out of logs. */
        @Override
        public String toString() {
            return "FieldBody[" + path + "]";
        }
    }

    /** A commitment that is kept. */
    record KeptAnswer(Digest commitment) {}

    /** A field that the caller may read; with its commitment's place in a record it is a proof file's disclosure. */
    record FieldAnswer(
            Digest commitment,
            String path,
            String salt,
            String value,
            @Nullable ConsignmentId consignmentId) {
        static FieldAnswer of(Kept kept) {
            PrivateField field = kept.field();
            return new FieldAnswer(kept.commitment(), field.path(), field.salt(), field.value(), kept.consignment());
        }
    }

    /** A part of a list. */
    record FieldsAnswer(List<FieldAnswer> items, @Nullable String next) {}

    /** The receipts of a caller's erasures. */
    record ReceiptsAnswer(List<ErasureReceipt> items) {}

    @PutMapping("/private-fields/{commitment}")
    @Operation(
            summary = "Keep a private field",
            description = "The body must open the commitment that the path names; it becomes the caller's own.")
    @ApiResponse(responseCode = "200", description = "It was kept before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "It is kept now", useReturnTypeSchema = true)
    ResponseEntity<KeptAnswer> put(Caller caller, @PathVariable Digest commitment, @RequestBody FieldBody body) {
        PrivateField field = body.field();
        if (!field.commitment().equals(commitment)) {
            throw new ApiProblem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "COMMITMENT_DIFFERS",
                    "path, salt and value do not open this commitment",
                    "name the field by SHA-256(0x01 || salt || RFC 8785 bytes of [path, value])",
                    commitment.hex());
        }
        boolean isNew = fields.keep(CallerCertificates.party(caller), field, body.consignmentId());
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(new KeptAnswer(commitment));
    }

    @GetMapping("/private-fields/{commitment}")
    @Operation(
            summary = "A private field",
            description = "For its subject, and for the parties of the consignment that it was shared with.")
    ResponseEntity<FieldAnswer> get(Caller caller, @PathVariable Digest commitment) {
        FieldAnswer answer = fields.find(commitment)
                .filter(kept -> mayRead(caller, kept))
                .map(FieldAnswer::of)
                .orElseThrow(() -> notFound(commitment.hex()));
        return uncached(answer);
    }

    @GetMapping("/private-fields")
    @Operation(summary = "All that is kept of the caller", description = "In the order of the commitments.")
    ResponseEntity<FieldsAnswer> list(Caller caller, @RequestParam(defaultValue = "") String after) {
        List<Kept> kept = fields.of(CallerCertificates.party(caller), after);
        String next =
                kept.size() == PrivateFields.MOST ? kept.getLast().commitment().hex() : null;
        return uncached(new FieldsAnswer(kept.stream().map(FieldAnswer::of).toList(), next));
    }

    @DeleteMapping("/private-fields/{commitment}")
    @Operation(summary = "Erase a private field of the caller's", description = "Answers with a signed receipt.")
    ErasureReceipt erase(Caller caller, @PathVariable Digest commitment) {
        return fields.erase(CallerCertificates.party(caller), commitment).orElseThrow(() -> notFound(commitment.hex()));
    }

    @DeleteMapping("/private-fields")
    @Operation(summary = "Erase all that is kept of the caller", description = "Answers with a signed receipt.")
    ErasureReceipt eraseAll(Caller caller) {
        PartyId subject = CallerCertificates.party(caller);
        return fields.eraseAll(subject).orElseThrow(() -> notFound(subject.value()));
    }

    @GetMapping("/erasures")
    @Operation(summary = "The receipts of what the caller had erased")
    ReceiptsAnswer receipts(Caller caller) {
        return new ReceiptsAnswer(fields.receipts(CallerCertificates.party(caller)));
    }

    private boolean mayRead(Caller caller, Kept kept) {
        ConsignmentId shared = kept.consignment();
        return kept.subject().equals(caller.party())
                || (shared != null && readModel.maySee(Viewers.of(caller), shared));
    }

    private static <T> ResponseEntity<T> uncached(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private static ApiProblem notFound(String id) {
        return new ApiProblem(
                HttpStatus.NOT_FOUND,
                "NOT_FOUND",
                "there is no private field of this id that is yours to see",
                "take a commitment from the list of yours",
                id);
    }
}
