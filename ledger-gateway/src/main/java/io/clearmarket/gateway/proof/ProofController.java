package io.clearmarket.gateway.proof;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.proof.ProofFile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proof files. An EPCIS event's is everybody's, as its page is; any other for whoever may see the record. */
@RestController
@RequestMapping("/api/v1/proofs")
@Tag(name = "Proofs", description = "That a record is on the ledger, to be verified without any network")
class ProofController {
    private final Proofs proofs;
    private final ReadModel readModel;

    ProofController(Proofs proofs, ReadModel readModel) {
        this.proofs = proofs;
        this.readModel = readModel;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "proof",
            summary = "The proof of a record's newest version",
            description = "kind and id name the record: kind=event with id=an event's id, kind=consignment with id=a"
                    + " consignment's id. Verify it with ./clearmarket verify FILE.")
    @ApiResponse(
            responseCode = "200",
            description = "A proof file",
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "404", description = "There is no such record that the caller may see")
    ResponseEntity<byte[]> proof(
            @Nullable Caller caller, @RequestParam RecordKind kind, @RequestParam @NotEmpty List<String> id) {
        ProofFile file = Optional.of(kind)
                .filter(known -> maySee(caller, known, id))
                .flatMap(known -> proofs.of(known, id))
                .orElseThrow(() -> ProofProblem.notFound(
                        "there is no such record that you may see, or no checkpoint covers it yet",
                        "check kind and id, or ask with the token of a party that it concerns"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + kind.objectType() + ".clearmarket-proof\"")
                .body(file.encoded());
    }

    private boolean maySee(@Nullable Caller caller, RecordKind kind, List<String> id) {
        if (caller != null && caller.seesAll()) {
            return true;
        }
        return switch (kind) {
            case EVENT, EVENTERROR, DECLARATION, MARKET, APPROVAL, DEVICE, READINGS -> true;
            case PARTY, ITEM, ITEMEVENT, REVIEW, HANDOVER, OFFER -> caller != null;
            case CONSIGNMENT, TERMS, CASE, EXHIBIT ->
                caller != null && readModel.maySee(new Viewer(false, caller.party()), new ConsignmentId(id.getFirst()));
            case ORDER, PARTYORDER, DUE, ARBITERDISPUTE, REFERRAL, STATE, RECEIPT, EVIDENCE, OFFERUSE -> false;
        };
    }
}
