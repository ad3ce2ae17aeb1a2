package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.finance.Statement;
import io.clearmarket.gateway.finance.Statements;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A merchant's statement; without days, of this month so far. */
@Controller
class StatementPageController {
    private final Statements statements;
    private final Clock clock = Clock.systemUTC();

    StatementPageController(Statements statements) {
        this.statements = statements;
    }

    @GetMapping("/statement")
    String statement(
            @Nullable Caller caller,
            @RequestParam(required = false) @Nullable String merchant,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Model model) {
        PartyId party = PageMerchant.of(caller, merchant);
        LocalDate last = day(to, LocalDate.now(clock));
        Statement statement = statement(party, day(from, last.withDayOfMonth(1)), last);
        model.addAttribute("merchant", party);
        model.addAttribute("statement", statement);
        model.addAttribute(
                "recheck",
                caller != null && caller.seesAll()
                        ? List.of(RecheckCommand.of(
                                "statement",
                                "--merchant=" + party,
                                "--from=" + statement.from(),
                                "--to=" + statement.to()))
                        : List.of());
        model.addAttribute("asOf", statement.asOf());
        return "pages/statement";
    }

    private Statement statement(PartyId party, LocalDate from, LocalDate to) {
        try {
            return statements.of(party, from, to);
        } catch (InvalidQuery e) {
            throw new PageProblem(HttpStatus.BAD_REQUEST, "problem.invalid");
        }
    }

    private static LocalDate day(@Nullable String text, LocalDate otherwise) {
        try {
            return text == null || text.isBlank() ? otherwise : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new PageProblem(HttpStatus.BAD_REQUEST, "problem.invalid");
        }
    }
}
