package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.finance.Solvencies;
import io.clearmarket.gateway.finance.Solvency;
import io.clearmarket.gateway.identity.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Whether the escrow contract has what is owed, for auditors. */
@Controller
class SolvencyPageController {
    private final ObjectProvider<Solvencies> solvencies;

    SolvencyPageController(ObjectProvider<Solvencies> solvencies) {
        this.solvencies = solvencies;
    }

    @GetMapping("/audit/solvency")
    String solvency(@Nullable Caller caller, Model model) {
        AuditPageController.requireAuditor(caller);
        Solvencies check = solvencies.getIfAvailable();
        if (check == null) {
            throw new PageProblem(HttpStatus.NOT_FOUND, "problem.nochain");
        }
        Solvency solvency;
        try {
            solvency = check.now(null);
        } catch (ChainException unavailable) {
            throw new PageProblem(HttpStatus.SERVICE_UNAVAILABLE, "problem.chain");
        }
        model.addAttribute("solvency", solvency);
        model.addAttribute("recheck", List.of(RecheckCommand.of("solvency")));
        model.addAttribute("asOf", solvency.ledger());
        return "pages/solvency";
    }
}
