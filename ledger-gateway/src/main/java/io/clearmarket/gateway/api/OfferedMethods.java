package io.clearmarket.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which methods a path has. */
@Component
class OfferedMethods {
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    OfferedMethods(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The methods that the path has in the place of the one that was asked for; none if it has that one, or if there is no such path. */
    Set<HttpMethod> insteadOf(HttpServletRequest request) {
        try {
            mappings.getObject().getHandler(request);
            return Set.of();
        } catch (HttpRequestMethodNotSupportedException unsupported) {
            Set<HttpMethod> offered = unsupported.getSupportedHttpMethods();
            return offered == null ? Set.of() : offered;
        } catch (Exception other) {
            // told when it is asked for by somebody who may
            return Set.of();
        }
    }
}
