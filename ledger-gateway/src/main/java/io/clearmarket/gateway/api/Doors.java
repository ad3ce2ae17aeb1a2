package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.config.FormPaths;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who is let in where. What a module declares public needs nobody; all else a caller with the {@linkplain OperationScopes scope} of the operation.
 * A request's path is parsed once for all the rules.
 */
@Component
class Doors implements AuthorizationManager<RequestAuthorizationContext> {
    /** Where members of a team write too: commands about a consignment, which {@link ManagedCommands} looks at, and their documents. */
    private static final List<PathPattern> TEAM =
            parsed(List.of("/api/v1/consignments/*/*", "/api/v1/provenance/captures", "/api/v1/documents/*"));

    /** An owner's alone, even to look at. */
    private static final List<PathPattern> OWNERS =
            parsed(List.of(AccessKeyController.PATH, AccessKeyController.PATH + "/**"));

    private static final List<PathPattern> OPERATION = parsed(List.of("/actuator/**"));
    private static final AuthorizationDecision YES = new AuthorizationDecision(true);
    private static final AuthorizationDecision NO = new AuthorizationDecision(false);

    private final List<PathPattern> readable;
    private final List<PathPattern> postable;
    private final List<PathPattern> forms;

    Doors(List<PublicPaths> publicPaths, List<FormPaths> forms) {
        this.readable = parsed(publicPaths, PublicPaths::patterns);
        this.postable = parsed(publicPaths, PublicPaths::posts);
        this.forms = parsed(forms, FormPaths::patterns);
    }

    /** The scope that was missing. */
    static final class Missing extends AuthorizationDecision {
        private static final long serialVersionUID = 1L;
        private final Scope scope;

        Missing(Scope scope) {
            super(false);
            this.scope = scope;
        }

        Scope scope() {
            return scope;
        }
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        PathContainer path = path(request);
        boolean reads = BearerTokens.isReading(request);
        if (reads ? any(readable, path) : isPost(request) && any(postable, path)) {
            return page(authentication, path, reads);
        }
        // who is unknown, or came without the form's token, is told so by the page in the reader's words
        if (isPost(request) && any(forms, path)) {
            return page(authentication, path, false);
        }
        Caller caller = caller(authentication.get());
        if (caller == null) {
            return NO;
        }
        if (any(OPERATION, path)) {
            return decision(caller.is(Role.OPERATOR) || caller.is(Role.AUDITOR));
        }
        Optional<Scope> needed = OperationScopes.of(path, reads);
        if (needed.isPresent() && !caller.has(needed.get())) {
            return new Missing(needed.get());
        }
        boolean owners = any(OWNERS, path) || (!reads && !any(TEAM, path));
        return decision(!owners || caller.owns());
    }

    /** True if a module takes a form there. */
    boolean isForm(HttpServletRequest request) {
        return isPost(request) && any(forms, path(request));
    }

    /** A page says itself whom it is for; but a key that opens less than its maker's roles opens no page of more. */
    private static AuthorizationDecision page(
            Supplier<? extends @Nullable Authentication> authentication, PathContainer path, boolean reads) {
        Optional<Scope> shown = OperationScopes.of(path, reads);
        if (shown.isEmpty()) {
            return YES;
        }
        Caller caller = caller(authentication.get());
        boolean less = caller != null
                && !caller.has(shown.get())
                && Scope.of(caller.roles()).contains(shown.get());
        return less ? new Missing(shown.get()) : YES;
    }

    private static @Nullable Caller caller(@Nullable Authentication authentication) {
        return authentication != null
                        && authentication.isAuthenticated()
                        && authentication.getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    private static AuthorizationDecision decision(boolean granted) {
        return granted ? YES : NO;
    }

    private static boolean isPost(HttpServletRequest request) {
        return request.getMethod().equals("POST");
    }

    private static PathContainer path(HttpServletRequest request) {
        return ServletRequestPathUtils.parse(request).pathWithinApplication();
    }

    private static boolean any(List<PathPattern> patterns, PathContainer path) {
        for (PathPattern pattern : patterns) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<PathPattern> parsed(List<T> all, Function<T, List<String>> patterns) {
        return parsed(
                all.stream().flatMap(some -> patterns.apply(some).stream()).toList());
    }

    private static List<PathPattern> parsed(List<String> patterns) {
        return patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
    }
}
