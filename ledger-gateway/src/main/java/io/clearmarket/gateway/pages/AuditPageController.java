package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Version;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An auditor's search and the conservation check. */
@Controller
class AuditPageController {
    private final ReadModel readModel;
    private final MoneyAudit audit;

    AuditPageController(ReadModel readModel, MoneyAudit audit) {
        this.readModel = readModel;
        this.audit = audit;
    }

    private record Content(
            MoneyAudit.Conservation conservation,
            List<MoneyAudit.Hit> hits,
            MoneyAudit.@Nullable Line line,
            Page<Version> history) {}

    /** How many versions of a consignment are shown at once. */
    private static final int VERSIONS = 50;

    @GetMapping("/audit")
    String audit(
            @Nullable Caller caller,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String consignment,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        requireAuditor(caller);
        ConsignmentId id = consignment == null ? null : new ConsignmentId(consignment);
        Answer<Content> answer = readModel.answer(() -> content(q, id, cursor));
        model.addAttribute("q", q);
        model.addAttribute("conservation", answer.value().conservation());
        model.addAttribute("hits", answer.value().hits());
        model.addAttribute("line", answer.value().line());
        model.addAttribute("history", answer.value().history());
        model.addAttribute("recheck", recheck(q));
        model.addAttribute("asOf", answer.asOf());
        return "pages/audit";
    }

    private Content content(String q, @Nullable ConsignmentId id, @Nullable String cursor) {
        List<MoneyAudit.Hit> hits = q.isBlank() ? List.of() : audit.search(q);
        MoneyAudit.Line line = id == null ? null : audit.conservation(id).orElse(null);
        if (id != null && line == null) {
            throw new PageProblem(HttpStatus.NOT_FOUND, "problem.consignment.unknown");
        }
        Page<Version> history = id == null
                ? new Page<>(List.of(), null)
                : readModel.history(RecordKind.CONSIGNMENT, List.of(id.value()), cursor, VERSIONS);
        return new Content(audit.conservation(), hits, line, history);
    }

    private static List<String> recheck(String q) {
        List<String> conservation =
                List.of(RecheckCommand.of("conservation"), RecheckCommand.of("conservation", "--consignments"));
        return q.isBlank()
                ? conservation
                : Stream.concat(Stream.of(RecheckCommand.of("search", q)), conservation.stream())
                        .toList();
    }

    /** @throws PageProblem unless the caller may see everything */
    static void requireAuditor(@Nullable Caller caller) {
        if (caller == null) {
            throw new PageProblem(HttpStatus.UNAUTHORIZED, "problem.signin");
        }
        if (!caller.seesAll()) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.audit");
        }
    }
}
