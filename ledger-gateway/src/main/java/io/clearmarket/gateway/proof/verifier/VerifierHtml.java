package io.clearmarket.gateway.proof.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.proof.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.web.util.HtmlUtils;

/**
 * The page that verifies proof files: one HTML file with a policy pinned in it, which can be saved and used from disk with the network off.
 * Of one build and one policy it is the same bytes everywhere, so that its hash can be agreed on and compared.
 *
 * @param html the page
 * @param contentSecurityPolicy its Content-Security-Policy as a header: its own script, no connection at all
 */
public record VerifierHtml(String html, String contentSecurityPolicy) {
    /** The module's last line; the page has all in one. */
    private static final String EXPORT = "export { verify, verifier, follow, isIncluded, isConsistent, InvalidProof };";

    /**
     * The page for a policy.
     *
     * @param policy C2SP tlog-policy, whom the page trusts
     */
    public static VerifierHtml of(String policy) {
        VerifierWords words = new VerifierWords(resource("words.json"));
        String script = words.script() + module().replace(EXPORT, "") + resource("page.js");
        String style = resource("verify.css");
        String html = resource("verify.html")
                .replace("{{script-hash}}", source(script))
                .replace("{{style-hash}}", source(style))
                .replace("{{policy}}", HtmlUtils.htmlEscape(policy, "UTF-8"))
                .replace("{{noscript}}", words.withoutScript())
                .replace("{{style}}", style)
                .replace("{{script}}", script);
        return new VerifierHtml(
                html,
                "default-src 'none'; script-src '" + source(script) + "'; style-src '" + source(style)
                        + "'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
    }

    /** The page's bytes. */
    public byte[] bytes() {
        return html.getBytes(UTF_8);
    }

    /** SHA-256 of the page's bytes: what the organisations agree on in the market's configuration. */
    public Hash hash() {
        return Hash.sha256(bytes());
    }

    /** The page's verifier by itself, a JavaScript module. */
    public static String module() {
        return resource("proof.js");
    }

    private static String source(String inline) {
        return "sha256-" + Hash.sha256(inline.getBytes(UTF_8)).base64();
    }

    private static String resource(String name) {
        try (InputStream stream = VerifierHtml.class.getResourceAsStream("/verifier/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
