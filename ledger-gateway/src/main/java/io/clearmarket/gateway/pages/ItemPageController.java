package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.epcis.warning.ItemWarnings;
import io.clearmarket.gateway.proof.PinnedPolicy;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.ItemEvents;
import io.clearmarket.gateway.readmodel.Ratings;
import io.clearmarket.gateway.readmodel.ReadModel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** An item's passport, at the address that its GS1 Digital Link code holds. Public. */
@Controller
class ItemPageController {
    private final ReadModel readModel;
    private final ItemEvents itemEvents;
    private final ItemWarnings warnings;
    private final Ratings ratings;
    private final FirstScans firstScans;
    private final PinnedPolicy policy;
    private final ContentStore content;
    private final Clock clock = Clock.systemUTC();

    ItemPageController(
            ReadModel readModel,
            ItemEvents itemEvents,
            ItemWarnings warnings,
            Ratings ratings,
            FirstScans firstScans,
            PinnedPolicy policy,
            ContentStore content) {
        this.readModel = readModel;
        this.itemEvents = itemEvents;
        this.warnings = warnings;
        this.ratings = ratings;
        this.firstScans = firstScans;
        this.policy = policy;
        this.content = content;
    }

    /**
     * A part of a story, what is wrong with the whole, and what buyers think of the product, as of one block.
     *
     * @param model the maker's 3D model, if one of the steps names it
     * @param modelAt where the step that names it is told, if it is none of them
     */
    private record Told(
            ItemStory story,
            List<ShownWarning> warnings,
            Ratings.Rating rating,
            @Nullable ItemModel model,
            @Nullable String modelAt) {}

    /** The newest part of the story, or the one that ends with the event of the number {@code until}. */
    @GetMapping(path = "/01/{gtin}/21/{serial}", produces = MediaType.TEXT_HTML_VALUE, params = "!linkType")
    String item(
            @PathVariable String gtin,
            @PathVariable String serial,
            @RequestParam(defaultValue = "2147483647") int until,
            HttpServletRequest request,
            Model model) {
        ItemAddress address = ItemAddress.of(gtin, serial);
        Answer<Optional<Told>> answer =
                readModel.answer(() -> ItemStory.of(readModel, itemEvents, address.epc(), until, ItemStory.PART)
                        .map(story -> told(story, address)));
        Told told = answer.value().orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.item.unknown"));
        ItemStory story = told.story();
        model.addAttribute("story", story);
        model.addAttribute("warnings", told.warnings());
        model.addAttribute("rating", told.rating());
        model.addAttribute("map", story.map().orElse(null));
        model.addAttribute("model", told.model());
        model.addAttribute("modelAt", told.modelAt());
        model.addAttribute("firstScan", firstScans.first(address.epc(), clock.instant()));
        model.addAttribute("policy", policy.text());
        model.addAttribute("passport", address);
        model.addAttribute(
                "origin",
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString());
        model.addAttribute("asOf", answer.asOf());
        return "pages/item";
    }

    private Told told(ItemStory story, ItemAddress address) {
        ItemModel model = ItemModel.of(content, itemEvents, story.epc()).orElse(null);
        Integer naming = model == null
                ? null
                : itemEvents.numbers(story.epc(), List.of(model.event())).get(model.event());
        boolean here = naming != null && story.shows(naming);
        return new Told(
                story,
                ShownWarning.of(warnings, itemEvents, story, address),
                ratings.ofProduct(address.gtin()),
                here ? model : null,
                naming == null || here ? null : address.event(naming, story));
    }
}
