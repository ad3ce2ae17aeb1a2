package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.ReadModel;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** An item's story, at the address that its GS1 Digital Link code holds. Public. */
@Controller
class ItemPageController {
    private static final int GTIN_LENGTH = 14;

    private final ReadModel readModel;

    ItemPageController(ReadModel readModel) {
        this.readModel = readModel;
    }

    @GetMapping(path = "/01/{gtin}/21/{serial}", produces = MediaType.TEXT_HTML_VALUE, params = "!linkType")
    String item(@PathVariable String gtin, @PathVariable String serial, Model model) {
        String fourteen = "0".repeat(Math.max(0, GTIN_LENGTH - gtin.length())) + gtin;
        Epc epc = Epc.of(fourteen, serial);
        Answer<Optional<ItemStory>> story = readModel.answer(() -> ItemStory.of(readModel, epc));
        model.addAttribute(
                "story",
                story.value().orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.item.unknown")));
        model.addAttribute("gtin", fourteen);
        model.addAttribute("serial", serial);
        model.addAttribute("asOf", story.asOf());
        return "pages/item";
    }
}
