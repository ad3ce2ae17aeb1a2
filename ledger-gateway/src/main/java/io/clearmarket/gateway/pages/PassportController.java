package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.content.ContentStore;
import io.clearmarket.gateway.content.Document;
import io.clearmarket.gateway.content.KeptDocument;
import io.clearmarket.gateway.readmodel.ItemEvents;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes with an item's page: the picture that stands for it where its address is shared, what makes it installable, and its
 * maker's 3D model.
 */
@Controller
class PassportController {
    private static final MediaType GLB = MediaType.parseMediaType(Document.MODEL);
    private static final MediaType MANIFEST = new MediaType("application", "manifest+json");

    private final ReadModel readModel;
    private final ItemEvents itemEvents;
    private final ContentStore content;
    private final MessageSource messages;
    private final boolean demonstration;

    PassportController(
            ReadModel readModel,
            ItemEvents itemEvents,
            ContentStore content,
            MessageSource messages,
            GatewayProperties properties) {
        this.readModel = readModel;
        this.itemEvents = itemEvents;
        this.content = content;
        this.messages = messages;
        this.demonstration = properties.demonstration();
    }

    @GetMapping("/passport/01/{gtin}/21/{serial}/card.png")
    ResponseEntity<byte[]> card(@PathVariable String gtin, @PathVariable String serial, HttpServletRequest request) {
        ItemAddress item = ItemAddress.of(gtin, serial);
        ItemStory story = readModel
                .answer(() -> ItemStory.of(readModel, itemEvents, item.epc(), Integer.MAX_VALUE, ReadModel.MAX_LIMIT))
                .value()
                .orElseThrow(PassportController::unknown);
        String link =
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString() + item.path();
        byte[] picture = new SharedCard(item, link, story.map().orElse(null), demonstration).png();
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(picture);
    }

    /** The maker's 3D model; the page compares its hash itself. */
    @GetMapping("/passport/01/{gtin}/21/{serial}/model.glb")
    ResponseEntity<Resource> model(@PathVariable String gtin, @PathVariable String serial) {
        KeptDocument file = ItemModel.of(
                        content, itemEvents, ItemAddress.of(gtin, serial).epc())
                .flatMap(model -> content.find(model.file()))
                .orElseThrow(PassportController::unknown);
        return ResponseEntity.ok()
                .contentType(GLB)
                .eTag("\"" + file.hash() + "\"")
                .body(file);
    }

    private static PageProblem unknown() {
        return new PageProblem(HttpStatus.NOT_FOUND, "problem.item.unknown");
    }

    /** W3C Web Application Manifest. */
    @GetMapping("/passport/01/{gtin}/21/{serial}/manifest.json")
    ResponseEntity<byte[]> manifest(@PathVariable String gtin, @PathVariable String serial, Locale locale) {
        ItemAddress item = ItemAddress.of(gtin, serial);
        Language language = Language.of(locale);
        ObjectNode manifest = Json.MAPPER.createObjectNode();
        manifest.put("name", messages.getMessage("item.title", null, locale) + " " + item.serial());
        manifest.put("short_name", messages.getMessage("frame.brand", null, locale));
        manifest.put("lang", language.tag());
        manifest.put("dir", language.direction());
        manifest.put("start_url", item.path());
        manifest.put("scope", "/01/");
        manifest.put("display", "standalone");
        manifest.put("background_color", "#ffffff");
        manifest.put("theme_color", "#0b5394");
        ObjectNode icon = manifest.putArray("icons").addObject();
        icon.put("src", "/assets/clearmarket.svg");
        icon.put("sizes", "any");
        icon.put("type", "image/svg+xml");
        return ResponseEntity.ok().contentType(MANIFEST).body(Json.MAPPER.writeValueAsBytes(manifest));
    }
}
