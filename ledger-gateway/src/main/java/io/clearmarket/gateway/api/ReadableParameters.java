package io.clearmarket.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * A request whose parameters can be read, or which is refused as the firewall refuses other malformed requests. Tomcat reads them when they are
 * first asked for, which may be while another problem is being told, and then fails over a parameter without a name.
 */
final class ReadableParameters extends HttpServletRequestWrapper {
    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/");

    private ReadableParameters(HttpServletRequest request) {
        super(request);
    }

    /**
     * Reads the query at once; a form, which is in the body, when it is asked for.
     *
     * @throws RequestRejectedException if it can't be read
     */
    static ReadableParameters of(HttpServletRequest request) {
        ReadableParameters readable = new ReadableParameters(request);
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (request.getQueryString() != null && FORMS.stream().noneMatch(type::startsWith)) {
            readable.getParameterNames();
        }
        return readable;
    }

    @Override
    public @Nullable String getParameter(String name) {
        return read(() -> super.getParameter(name));
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return read(() -> super.getParameterValues(name));
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return read(super::getParameterNames);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return read(super::getParameterMap);
    }

    private static <T extends @Nullable Object> T read(Supplier<T> parameters) {
        try {
            return parameters.get();
        } catch (InvalidParameterException unreadable) {
            RequestRejectedException rejected = new RequestRejectedException("unreadable parameters");
            rejected.initCause(unreadable);
            throw rejected;
        }
    }
}
