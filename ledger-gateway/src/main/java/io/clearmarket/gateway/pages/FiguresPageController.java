package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.DailyMoney;
import io.clearmarket.gateway.readmodel.ReadModel;
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

/** Money by days: a merchant's own, and the whole market's for auditors. Drawn on the server, with the same figures as a table. */
@Controller
class FiguresPageController {
    private static final int DAYS = 30;

    private final ReadModel readModel;
    private final DailyMoney money;

    FiguresPageController(ReadModel readModel, DailyMoney money) {
        this.readModel = readModel;
        this.money = money;
    }

    /**
     * An asset's days, drawn.
     *
     * @param number tells it apart on the page
     */
    public record Drawn(int number, Asset asset, DayChart chart) {}

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
        Answer<List<DailyMoney.OfAsset>> answer = readModel.answer(() -> money.last(merchant, DAYS));
        boolean mirrored = locale.getLanguage().equals(Language.ARABIC.code());
        List<Drawn> drawn = new ArrayList<>();
        for (DailyMoney.OfAsset one : answer.value()) {
            drawn.add(new Drawn(drawn.size() + 1, one.asset(), new DayChart(one.days(), mirrored)));
        }
        model.addAttribute("drawn", drawn);
        model.addAttribute("merchant", merchant);
        model.addAttribute("asOf", answer.asOf());
        return "pages/figures";
    }
}
