package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.epcis.warning.ItemWarnings;
import io.clearmarket.gateway.proof.PinnedPolicy;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.ItemEvents;
import io.clearmarket.gateway.readmodel.ReadModel;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Where somebody shows that they have an item, hands it on, or takes it over: the same page for all of them, its script signs. What is
 * offered stands behind the address's #, which no server sees.
 */
@Controller
class OwnPageController {
    private final ReadModel readModel;
    private final ItemEvents itemEvents;
    private final ItemWarnings warnings;
    private final PinnedPolicy policy;
    private final SigningPage page;

    OwnPageController(
            ReadModel readModel, ItemEvents itemEvents, ItemWarnings warnings, PinnedPolicy policy, SigningPage page) {
        this.readModel = readModel;
        this.itemEvents = itemEvents;
        this.warnings = warnings;
        this.policy = policy;
        this.page = page;
    }

    /** A story and what is wrong with it, as of one block. */
    private record Told(ItemStory story, List<ShownWarning> warnings) {}

    @GetMapping(path = "/own/01/{gtin}/21/{serial}", produces = MediaType.TEXT_HTML_VALUE)
    String own(
            @PathVariable String gtin,
            @PathVariable String serial,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        ItemAddress address = ItemAddress.of(gtin, serial);
        Answer<Optional<Told>> answer = readModel.answer(() -> ItemStory.newest(readModel, itemEvents, address.epc())
                .map(story -> new Told(story, ShownWarning.of(warnings, itemEvents, story, address))));
        Told told = answer.value().orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.item.unknown"));
        page.prepare(model, locale, response, "checkout.", "own.", "refusal.");
        model.addAttribute("story", told.story());
        model.addAttribute("warnings", told.warnings());
        model.addAttribute("policy", policy.text());
        model.addAttribute("address", address);
        model.addAttribute("asOf", answer.asOf());
        return "pages/own";
    }
}
