package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.ConsignmentFilter;
import io.clearmarket.gateway.readmodel.MoneyAudit;
import io.clearmarket.gateway.readmodel.Page;
import io.clearmarket.gateway.readmodel.Ratings;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.ServiceFigures;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A merchant's consignments and money. What is decided and what is paid are never mixed. */
@Controller
class MerchantPageController {
    private static final int PAGE = 25;

    private final ReadModel readModel;
    private final MoneyAudit audit;
    private final ServiceFigures figures;
    private final Ratings ratings;

    MerchantPageController(ReadModel readModel, MoneyAudit audit, ServiceFigures figures, Ratings ratings) {
        this.readModel = readModel;
        this.audit = audit;
        this.figures = figures;
        this.ratings = ratings;
    }

    /** Sums with what is still to be paid out. */
    public record Sums(MoneyAudit.Totals totals, Amount waiting) {}

    /** A consignment with what is still to be paid out to the merchant's side. */
    public record Row(Consignment consignment, Amount waiting) {}

    private record Content(
            List<Sums> sums,
            List<Tasks.Task> tasks,
            List<ServiceFigures.Merchant> service,
            Ratings.Rating rating,
            Page<Row> rows) {}

    @GetMapping("/merchant")
    String merchant(
            @Nullable Caller caller,
            @RequestParam(required = false) @Nullable String merchant,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        PartyId party = PageMerchant.of(caller, merchant);
        Answer<Content> answer = readModel.answer(() -> content(party, cursor));
        model.addAttribute("merchant", party);
        model.addAttribute("own", caller != null && party.equals(caller.party()));
        model.addAttribute("sums", answer.value().sums());
        model.addAttribute("tasks", answer.value().tasks());
        model.addAttribute("service", answer.value().service());
        model.addAttribute("rating", answer.value().rating());
        model.addAttribute("rows", answer.value().rows().items());
        model.addAttribute("next", answer.value().rows().next());
        model.addAttribute("asOf", answer.asOf());
        return "pages/merchant";
    }

    private Content content(PartyId party, @Nullable String cursor) {
        List<Sums> sums = audit.totals(party).stream()
                .map(totals -> new Sums(totals, waiting(totals.gross(), totals.paidGross())))
                .toList();
        ConsignmentFilter own = ConsignmentFilter.of(party);
        Page<Row> rows = readModel
                .consignments(new Viewer(false, party), own, cursor, PAGE)
                .map(consignment -> new Row(
                        consignment,
                        waiting(consignment.money().gross(), consignment.money().paidGross())));
        return new Content(sums, tasks(party), figures.merchants(party), ratings.ofMerchant(party), rows);
    }

    private List<Tasks.Task> tasks(PartyId party) {
        ConsignmentFilter open = new ConsignmentFilter(party, null, null, false, null, null, null, null);
        return Tasks.of(readModel
                .consignments(new Viewer(false, party), open, null, ReadModel.MAX_LIMIT)
                .items());
    }

    /** Zero where a payout between the parties overtook the decision and the ledger has not caught up. */
    private static Amount waiting(Amount decided, Amount paid) {
        return paid.isMoreThan(decided) ? Amount.ZERO : decided.minus(paid);
    }
}
