package io.clearmarket.gateway.epcis.graph;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What came of what: open to every caller, as the events are. */
@RestController
@Tag(name = "Provenance")
class TraceController {
    private final Tracer tracer;
    private final LotBalances balances;
    private final ReadModel readModel;

    /** A trace, and beside it the block at which it is true. */
    record TraceAnswer(@JsonUnwrapped Trace trace, AsOf asOf) {}

    /** The same of a balance. */
    record BalanceAnswer(@JsonUnwrapped LotBalance balance, AsOf asOf) {}

    TraceController(Tracer tracer, LotBalances balances, ReadModel readModel) {
        this.readModel = readModel;
        this.tracer = tracer;
        this.balances = balances;
    }

    @GetMapping("/api/v1/provenance/origins")
    @Operation(
            summary = "What a thing was made of",
            description =
                    "Back through transformations, lots and parts to the origins, each step with the event that says "
                            + "so. thing is an item, a lot or a container in any GS1 spelling.")
    TraceAnswer origins(@RequestParam String thing) {
        return traced(thing, Trace.Direction.BACK);
    }

    @GetMapping("/api/v1/provenance/consumers")
    @Operation(
            summary = "What was made of a thing",
            description =
                    "Forward through lots, transformations and parts to everything that holds some of it, and into "
                            + "the containers that it was packed in.")
    TraceAnswer consumers(@RequestParam String thing) {
        return traced(thing, Trace.Direction.FORWARD);
    }

    @GetMapping("/api/v1/provenance/balance")
    @Operation(
            summary = "How much of a lot was made and used",
            description =
                    "What events tell of a lot's quantities: outputs and inputs of transformations, commissioned and "
                            + "decommissioned. Units of one kind are converted (UN/CEFACT Recommendation 20) and added up.")
    BalanceAnswer balance(@RequestParam String lot) {
        Answer<LotBalance> answer = readModel.answer(() -> balances.of(lot));
        return new BalanceAnswer(answer.value(), answer.asOf());
    }

    private TraceAnswer traced(String thing, Trace.Direction direction) {
        Answer<Trace> answer = readModel.answer(() -> tracer.trace(thing, direction));
        return new TraceAnswer(answer.value(), answer.asOf());
    }
}
