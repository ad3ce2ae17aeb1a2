package io.clearmarket.gateway.api;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What auditors and operators ask. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "Search and the conservation check, for auditors and operators")
class AuditQueryController {
    private final ReadModel readModel;
    private final MoneyAudit audit;

    AuditQueryController(ReadModel readModel, MoneyAudit audit) {
        this.readModel = readModel;
        this.audit = audit;
    }

    @GetMapping("/search")
    @Operation(
            summary = "Find by id",
            description = "An order, consignment, party, item, event, transaction, escrow or address: whole, or its "
                    + "beginning from six characters on; at most 100.")
    Listed<MoneyAudit.Hit> search(Caller caller, @RequestParam @Size(min = 1, max = 300) String q) {
        Viewers.requireAuditor(caller);
        return Listed.all(readModel.answer(() -> audit.search(q)));
    }

    @GetMapping("/conservation")
    @Operation(
            summary = "Does all money add up?",
            description =
                    "deposited = held + gross + buyer, gross = merchant + fee + referrer, fees as agreed, nothing "
                            + "paid beyond what was decided: for every consignment, from the read model.")
    Answered<MoneyAudit.Conservation> conservation(Caller caller) {
        Viewers.requireAuditor(caller);
        return Answered.of(readModel.answer(audit::conservation));
    }

    @GetMapping("/conservation/consignments")
    @Operation(summary = "The check of each consignment", description = "Newest first.")
    Listed<MoneyAudit.Line> lines(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(ReadModel.MAX_LIMIT) int limit) {
        Viewers.requireAuditor(caller);
        return Listed.of(readModel.answer(() -> audit.lines(cursor, limit)));
    }
}
