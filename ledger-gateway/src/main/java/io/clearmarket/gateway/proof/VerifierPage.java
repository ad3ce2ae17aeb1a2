package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.ProofConfiguration.PublishedPolicy;
import io.clearmarket.gateway.proof.verifier.VerifierHtml;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The verifier page with this market's policy pinned in it. */
@RestController
@Hidden
class VerifierPage {
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);

    private final String module = VerifierHtml.module();
    private final VerifierHtml page;

    VerifierPage(PublishedPolicy published) {
        this.page = VerifierHtml.of(published.text());
    }

    @GetMapping("/verify")
    ResponseEntity<byte[]> page() {
        return ResponseEntity.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", page.contentSecurityPolicy())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .body(page.bytes());
    }

    /** The page's verifier by itself, for the pages that check what they show. */
    @GetMapping("/assets/proof.js")
    ResponseEntity<String> module() {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "javascript", UTF_8))
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "max-age=300")
                .body(module);
    }
}
