package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.DailyConsignments;
import io.clearmarket.gateway.readmodel.DailyMoney;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.ServiceFigures;
import io.clearmarket.wallet.identity.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Money, consignments and deliveries by days: a merchant's own, and the whole market's for auditors. Drawn on the server, with the same
 * figures as a table.
 */
@Controller
class FiguresPageController {
    private static final int DAYS = 30;

    private final ReadModel readModel;
    private final DailyMoney money;
    private final DailyConsignments consignments;
    private final ServiceFigures service;

    FiguresPageController(
            ReadModel readModel, DailyMoney money, DailyConsignments consignments, ServiceFigures service) {
        this.readModel = readModel;
        this.money = money;
        this.consignments = consignments;
        this.service = service;
    }

    private record Content(
            List<DailyMoney.OfAsset> money,
            List<DailyConsignments.Day> consignments,
            List<ServiceFigures.Carrier> carriers,
            List<ServiceFigures.Merchant> merchants) {}

    @GetMapping("/merchant/figures")
    String merchant(
            @Nullable Caller caller,
            @RequestParam(required = false) @Nullable String merchant,
            Locale locale,
            Model model) {
        return figures(PageMerchant.of(caller, merchant), locale, model);
    }

    @GetMapping("/audit/figures")
    String audit(@Nullable Caller caller, Locale locale, Model model) {
        if (caller == null) {
            throw new PageProblem(HttpStatus.UNAUTHORIZED, "problem.signin");
        }
        if (!caller.seesAll()) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.audit");
        }
        return figures(null, locale, model);
    }

    private String figures(@Nullable PartyId merchant, Locale locale, Model model) {
        Answer<Content> answer = readModel.answer(() -> content(merchant));
        Content content = answer.value();
        boolean mirrored = locale.getLanguage().equals(Language.ARABIC.code());
        List<Figures> drawn = new ArrayList<>();
        content.money().forEach(one -> drawn.add(Figures.money(one, mirrored)));
        if (!drawn.isEmpty()) {
            drawn.add(Figures.standings(content.consignments(), mirrored));
            drawn.add(Figures.deliveries(content.consignments(), mirrored));
        }
        model.addAttribute("drawn", drawn);
        model.addAttribute("carriers", content.carriers());
        model.addAttribute("merchants", content.merchants());
        model.addAttribute("merchant", merchant);
        model.addAttribute("asOf", answer.asOf());
        return "pages/figures";
    }

    private Content content(@Nullable PartyId merchant) {
        return new Content(
                money.last(merchant, DAYS),
                consignments.last(merchant, DAYS),
                merchant == null ? service.carriers(null) : service.carriersOf(merchant),
                merchant == null ? service.merchants(null) : List.of());
    }
}
