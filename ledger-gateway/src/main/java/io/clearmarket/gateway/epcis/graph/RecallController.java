package io.clearmarket.gateway.epcis.graph;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a recall reaches. The recall itself is an EPCIS event of disposition {@code recalled}, captured like any other. */
@RestController
@Tag(name = "Provenance")
class RecallController {
    private final RecallScope scope;
    private final ReadModel readModel;

    /** The scope, and beside it the block at which it is true. */
    record RecallAnswer(@JsonUnwrapped RecallScope.Scope scope, AsOf asOf) {}

    RecallController(RecallScope scope, ReadModel readModel) {
        this.scope = scope;
        this.readModel = readModel;
    }

    @GetMapping("/api/v1/provenance/recall")
    @Operation(
            summary = "What a recall reaches",
            description =
                    "Every item that came of a lot, an item or an ingredient, who has it, and how many open and closed "
                            + "orders hold one. Orders and buyers are named to those who may see them. after is the last "
                            + "item of the part before.")
    RecallAnswer recall(
            Caller caller,
            @RequestParam String thing,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(RecallScope.MOST) int limit) {
        Viewer viewer = new Viewer(caller.seesAll(), caller.party());
        Answer<RecallScope.Scope> answer = readModel.answer(() -> scope.of(thing, viewer, after, limit));
        return new RecallAnswer(answer.value(), answer.asOf());
    }
}
