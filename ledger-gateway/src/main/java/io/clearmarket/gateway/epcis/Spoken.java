package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerMapping;

/** Which media types are spoken where (EPCIS 2.0, section 12.7.1): JSON everywhere, XML for events and capture jobs. */
public final class Spoken {
    private static final List<MediaType> JSON =
            List.of(MediaType.APPLICATION_JSON, MediaType.parseMediaType("application/ld+json"));
    private static final List<MediaType> JSON_AND_XML =
            List.of(JSON.getFirst(), JSON.getLast(), MediaType.APPLICATION_XML, MediaType.TEXT_XML);
    private static final Pattern ANSWERED_IN_XML =
            Pattern.compile("/epcis/(events(/[^/]+)?|capture/[^/]+|[A-Za-z]+/[^/]+/events)/?");
    private static final Pattern TAKEN_IN_XML = Pattern.compile("/epcis/(events|capture)/?");

    private Spoken() {}

    /** True if a body of this type is XML. */
    public static boolean isXml(@Nullable String contentType) {
        return contentType != null && isXml(MediaType.parseMediaType(contentType));
    }

    private static boolean isXml(MediaType type) {
        return MediaType.APPLICATION_XML.isCompatibleWith(type) || MediaType.TEXT_XML.isCompatibleWith(type);
    }

    /** True if the client would rather be told in XML what went wrong; what it accepts may itself be what is wrong. */
    static boolean wantsXml(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            return types.stream().anyMatch(type -> type.getSubtype().endsWith("xml"))
                    && types.stream()
                            .noneMatch(type -> type.getSubtype().endsWith("json")
                                    || JSON.stream().anyMatch(type::includes));
        } catch (InvalidMediaTypeException noMediaType) {
            return false;
        }
    }

    /** Refuses what can't be answered or taken, and tells Spring what can: JSON where the client has no preference. */
    static void require(HttpServletRequest request) {
        boolean post = HttpMethod.POST.matches(request.getMethod());
        List<MediaType> taken = spoken(TAKEN_IN_XML, request);
        List<MediaType> answers = post ? taken : spoken(ANSWERED_IN_XML, request);
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        boolean acceptable = accept == null
                || MediaType.parseMediaTypes(accept).stream()
                        .anyMatch(type -> answers.stream().anyMatch(type::includes));
        if (!acceptable) {
            throw new EpcisProblem(Kind.NOT_ACCEPTABLE, "answers here are " + words(answers));
        }
        request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, new LinkedHashSet<>(answers));
        String sent = request.getContentType();
        if (post
                && (sent == null || taken.stream().noneMatch(type -> type.isCompatibleWith(MediaType.valueOf(sent))))) {
            throw new EpcisProblem(Kind.UNSUPPORTED_MEDIA_TYPE, sent + " is not taken; send " + words(taken));
        }
    }

    private static List<MediaType> spoken(Pattern inXml, HttpServletRequest request) {
        return inXml.matcher(request.getRequestURI()).matches() ? JSON_AND_XML : JSON;
    }

    private static String words(List<MediaType> types) {
        return String.join(", ", types.stream().map(MediaType::toString).toList());
    }
}
