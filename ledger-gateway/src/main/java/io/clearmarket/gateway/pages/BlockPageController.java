package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.BlockLog;
import io.clearmarket.gateway.readmodel.ReadModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Every block and transaction, for auditors: who signed it, whose peers endorsed it, and what it did. */
@Controller
class BlockPageController {
    private static final int PAGE = 25;

    private final ReadModel readModel;
    private final BlockLog blocks;

    BlockPageController(ReadModel readModel, BlockLog blocks) {
        this.readModel = readModel;
        this.blocks = blocks;
    }

    private record Content(
            List<BlockLog.Block> blocks, BlockLog.@Nullable Block block, List<BlockLog.Transaction> transactions) {}

    @GetMapping("/audit/blocks")
    String blocks(
            @Nullable Caller caller,
            @RequestParam(required = false) @Nullable Long number,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        if (caller == null) {
            throw new PageProblem(HttpStatus.UNAUTHORIZED, "problem.signin");
        }
        if (!caller.seesAll()) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.audit");
        }
        Answer<Content> answer = readModel.answer(() -> number == null ? list(before) : one(number));
        List<BlockLog.Block> listed = answer.value().blocks();
        model.addAttribute("blocks", listed);
        model.addAttribute("block", answer.value().block());
        model.addAttribute("transactions", answer.value().transactions());
        model.addAttribute(
                "older", listed.size() < PAGE ? null : listed.getLast().number());
        model.addAttribute("asOf", answer.asOf());
        return "pages/blocks";
    }

    private Content list(@Nullable Long before) {
        return new Content(blocks.newest(before, PAGE), null, List.of());
    }

    private Content one(long number) {
        BlockLog.Block block =
                blocks.find(number).orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.block"));
        return new Content(List.of(), block, blocks.transactions(number));
    }
}
