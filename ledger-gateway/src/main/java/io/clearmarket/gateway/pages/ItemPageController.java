package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.epcis.warning.ItemWarnings;
import io.clearmarket.gateway.proof.PinnedPolicy;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.Ratings;
import io.clearmarket.gateway.readmodel.ReadModel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** An item's passport, at the address that its GS1 Digital Link code holds. Public. */
@Controller
class ItemPageController {
    private final ReadModel readModel;
    private final ItemWarnings warnings;
    private final Ratings ratings;
    private final FirstScans firstScans;
    private final PinnedPolicy policy;
    private final ContentStore content;
    private final Clock clock = Clock.systemUTC();

    ItemPageController(
            ReadModel readModel,
            ItemWarnings warnings,
            Ratings ratings,
            FirstScans firstScans,
            PinnedPolicy policy,
            ContentStore content) {
        this.readModel = readModel;
        this.warnings = warnings;
        this.ratings = ratings;
        this.firstScans = firstScans;
        this.policy = policy;
        this.content = content;
    }

    /** A story, what is wrong with it, and what buyers think of the product, as of one block. */
    private record Told(ItemStory story, List<ShownWarning> warnings, Ratings.Rating rating) {}

    @GetMapping(path = "/01/{gtin}/21/{serial}", produces = MediaType.TEXT_HTML_VALUE, params = "!linkType")
    String item(@PathVariable String gtin, @PathVariable String serial, HttpServletRequest request, Model model) {
        ItemAddress address = ItemAddress.of(gtin, serial);
        Epc epc = address.epc();
        Answer<Optional<Told>> answer = readModel.answer(() -> ItemStory.of(readModel, epc)
                .map(story -> new Told(story, ShownWarning.of(warnings, story), ratings.ofProduct(address.gtin()))));
        Told told = answer.value().orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.item.unknown"));
        ItemStory story = told.story();
        model.addAttribute("story", story);
        model.addAttribute("warnings", told.warnings());
        model.addAttribute("rating", told.rating());
        model.addAttribute("map", story.map().orElse(null));
        model.addAttribute("model", ItemModel.of(content, story).orElse(null));
        model.addAttribute("firstScan", firstScans.first(epc, clock.instant()));
        model.addAttribute("policy", policy.text());
        model.addAttribute("passport", address);
        model.addAttribute(
                "origin",
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString());
        model.addAttribute("asOf", answer.asOf());
        return "pages/item";
    }
}
