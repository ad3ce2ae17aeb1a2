package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.labels.LabelSheet;
import io.clearmarket.gateway.pages.PageMerchant;
import io.clearmarket.gateway.pages.PageProblem;
import io.clearmarket.gateway.provenance.DigitalLink;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A sheet of labels for items that are to be shipped, to print and stick on. */
@Controller
class LabelController {
    private static final int COLUMNS = 3;
    private static final int ROWS = 4;
    private static final int MOST = 500;

    @GetMapping("/merchant/labels")
    ResponseEntity<byte[]> labels(
            @Nullable Caller caller, @RequestParam MultiValueMap<String, String> asked, HttpServletRequest request)
            throws IOException {
        PageMerchant.of(caller, null);
        List<String> epcs = asked.getOrDefault("epc", List.of());
        if (epcs.isEmpty() || epcs.size() > MOST) {
            throw new PageProblem(HttpStatus.BAD_REQUEST, "problem.invalid");
        }
        String origin =
                ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
        List<DigitalLink> links = epcs.stream().map(LabelController::link).toList();
        ByteArrayOutputStream sheet = new ByteArrayOutputStream();
        new LabelSheet(LabelSheet.Paper.A4, COLUMNS, ROWS).write(origin, links, sheet);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"labels.pdf\"")
                .body(sheet.toByteArray());
    }

    private static DigitalLink link(String epc) {
        try {
            return DigitalLink.parse(URI.create(Epc.parse(epc).uri()).getRawPath());
        } catch (DigitalLink.Invalid e) {
            throw new PageProblem(HttpStatus.BAD_REQUEST, "problem.invalid");
        }
    }
}
