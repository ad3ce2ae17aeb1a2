package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.proof.ProofConfiguration.PublishedPolicy;
import io.clearmarket.wallet.proof.Hash;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that verifies proof files: one HTML file with this market's policy pinned in it, which can be saved and used
 * from disk with the network off. Its own policy allows its own script and no connection at all.
 */
@RestController
@Hidden
class VerifierPage {
    private static final MediaType HTML = new MediaType("text", "html", UTF_8);

    /** The module's last line; the page has all in one. */
    private static final String EXPORT = "export { verify, verifier, follow, isIncluded, isConsistent, InvalidProof };";

    private final String module = resource("proof.js");
    private final String page;
    private final String policy;

    VerifierPage(PublishedPolicy published) {
        VerifierWords words = new VerifierWords(resource("words.json"));
        String script = words.script() + module.replace(EXPORT, "") + resource("page.js");
        String style = resource("verify.css");
        this.policy = "default-src 'none'; script-src '" + hash(script) + "'; style-src '" + hash(style)
                + "'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
        this.page = resource("verify.html")
                .replace("{{script-hash}}", hash(script))
                .replace("{{style-hash}}", hash(style))
                .replace("{{policy}}", HtmlUtils.htmlEscape(published.text(), "UTF-8"))
                .replace("{{noscript}}", words.withoutScript())
                .replace("{{style}}", style)
                .replace("{{script}}", script);
    }

    @GetMapping("/verify")
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .body(page);
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

    private static String hash(String inline) {
        return "sha256-" + Hash.sha256(inline.getBytes(UTF_8)).base64();
    }

    private static String resource(String name) {
        try (InputStream stream = VerifierPage.class.getResourceAsStream("/verifier/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
