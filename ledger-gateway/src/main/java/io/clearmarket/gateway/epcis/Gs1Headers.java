package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.content.ContentProperties;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The GS1 headers of every answer under {@code /epcis}, and what a client asks of them (EPCIS 2.0, section 12.7). {@code OPTIONS}
 * tells the settings.
 */
@Configuration(proxyBeanMethods = false)
public class Gs1Headers implements WebMvcConfigurer, HandlerInterceptor {
    /** The versions spoken here. */
    public static final String VERSION = "2.0.0";

    /** How a client wants identifiers spelled. */
    public static final String EPC_FORMAT = "GS1-EPC-Format";

    /** How a client wants words of the CBV spelled in XML. */
    public static final String CBV_XML_FORMAT = "GS1-CBV-XML-Format";

    /** Prefixes that a client uses in the names of a query. */
    public static final String EXTENSIONS = "GS1-Extensions";

    /** Fields of our own that warnings read, see {@code docs/epcis.md}. */
    private static final String OWN_EXTENSIONS = "clearmarket=urn:clearmarket:voc:";

    private static final int LONGEST_QUERY = 7000;
    private static final int CAPTURE_LIMIT = 100;
    private final long captureBytes;

    public Gs1Headers(ContentProperties content) {
        this.captureBytes = content.maxSize().toBytes();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/epcis", "/epcis/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod)) {
            return true; // there is nothing of EPCIS at this path, which Spring says by itself
        }
        response.setHeader("GS1-EPCIS-Version", VERSION);
        response.setHeader("GS1-CBV-Version", VERSION);
        response.setHeader(EXTENSIONS, OWN_EXTENSIONS);
        for (String standard : List.of("EPCIS", "CBV")) {
            requireSpoken(standard, request);
        }
        requireFormat(request.getHeader(EPC_FORMAT));
        Spoken.require(request);
        String query = request.getQueryString();
        if (query != null && query.length() > LONGEST_QUERY) {
            throw new EpcisProblem(
                    Kind.URI_TOO_LONG,
                    "the query has " + query.length() + " characters; send it as a named query, POST /epcis/queries");
        }
        if (HttpMethod.OPTIONS.matches(request.getMethod())) {
            tellSettings(response, request.getRequestURI().equals("/epcis/capture"));
        }
        return true;
    }

    private void tellSettings(HttpServletResponse response, boolean capture) {
        response.setStatus(HttpStatus.NO_CONTENT.value());
        for (String standard : List.of("EPCIS", "CBV")) {
            response.setHeader("GS1-" + standard + "-Min", VERSION);
            response.setHeader("GS1-" + standard + "-Max", VERSION);
        }
        response.setHeader(EPC_FORMAT, "Never_Translates, Always_GS1_Digital_Link");
        response.setHeader(CBV_XML_FORMAT, "Always_URN, Always_Web_URI");
        response.setHeader("GS1-Vendor-Version", "clearmarket-0.1.0");
        if (capture) {
            response.setHeader("GS1-EPCIS-Capture-Limit", Integer.toString(CAPTURE_LIMIT));
            response.setHeader("GS1-EPCIS-Capture-File-Size-Limit", Long.toString(captureBytes));
            response.setHeader("GS1-Capture-Error-Behaviour", "rollback, proceed");
        }
    }

    private static void requireSpoken(String standard, HttpServletRequest request) {
        String exactly = request.getHeader("GS1-" + standard + "-Version");
        String min = request.getHeader("GS1-" + standard + "-Min");
        String max = request.getHeader("GS1-" + standard + "-Max");
        boolean fits = (exactly == null || compare(exactly, VERSION) == 0)
                && (min == null || compare(min, VERSION) <= 0)
                && (max == null || compare(max, VERSION) >= 0);
        if (!fits) {
            throw new EpcisProblem(
                    Kind.NOT_ACCEPTABLE, standard + " " + VERSION + " is spoken here and no other version");
        }
    }

    /** Versions by their numbers; what is missing at the end is 0. */
    private static int compare(String left, String right) {
        if (!left.matches("\\d{1,4}(\\.\\d{1,4}){0,3}")) {
            throw new EpcisProblem(Kind.NOT_ACCEPTABLE, "\"" + left + "\" is no version such as " + VERSION);
        }
        return Arrays.compare(numbers(left), numbers(right));
    }

    private static int[] numbers(String version) {
        int[] given =
                Stream.of(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        return Arrays.copyOf(given, 4);
    }

    private static void requireFormat(@Nullable String format) {
        if (format != null
                && !List.of("No_Preference", "Never_Translates", "Always_GS1_Digital_Link")
                        .contains(format)) {
            throw new EpcisProblem(
                    Kind.NOT_ACCEPTABLE,
                    EPC_FORMAT + " can't be " + format
                            + ": a Digital Link URI does not tell how long its company prefix is");
        }
    }
}
