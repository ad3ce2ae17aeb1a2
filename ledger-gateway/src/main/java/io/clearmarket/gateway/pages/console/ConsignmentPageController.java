package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.pages.PageMerchant;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One consignment of a merchant's own, and what can be done about it now. */
@Controller
class ConsignmentPageController {
    private final ConsoleView view;

    ConsignmentPageController(ConsoleView view) {
        this.view = view;
    }

    /** A case with what both sides said; null where it is not kept here. */
    public record Told(
            Records.Case asked,
            boolean own,
            @Nullable String text,
            @Nullable String answer) {}

    /** A review with what both sides said; null where it is not kept here. */
    public record Rated(
            Records.Review review,
            @Nullable String text,
            @Nullable String answer) {}

    @GetMapping("/merchant/consignments/{id}")
    String consignment(
            @Nullable Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String done,
            Model model) {
        PartyId party = PageMerchant.of(caller, null);
        Answer<ConsoleView.Seen> answer = view.seen(Objects.requireNonNull(caller), party, id);
        List<Told> told = answer.value().cases().stream()
                .map(asked ->
                        new Told(asked, asked.by().equals(party), view.text(asked.text()), view.text(asked.answer())))
                .toList();
        model.addAttribute("seen", answer.value());
        model.addAttribute("c", answer.value().consignment());
        model.addAttribute("party", party);
        model.addAttribute("due", due(answer.value().consignment()));
        model.addAttribute(
                "epcs",
                answer.value().consignment().items().stream()
                        .flatMap(line -> line.epcs().stream())
                        .toList());
        model.addAttribute("cases", told);
        model.addAttribute(
                "reviews",
                answer.value().reviews().stream()
                        .map(review -> new Rated(review, view.text(review.text()), view.text(review.answer())))
                        .toList());
        model.addAttribute("managed", caller != null && caller.managed() != null);
        model.addAttribute("done", done == null ? null : Act.of(done).orElse(null));
        model.addAttribute("unknown", "unknown".equals(done));
        model.addAttribute("asOf", answer.asOf());
        return "pages/consignment";
    }

    /** When the timer that runs ends; at most one does. */
    private static @Nullable Instant due(Consignment now) {
        return Arrays.stream(Timer.values())
                .map(timer -> timer.of(now.deadlines()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
