package io.clearmarket.gateway.identity;

import org.springframework.security.core.Authentication;

/** Finds the caller behind Spring Security's authentication. */
public interface Callers {
    /** The caller; {@link IllegalStateException} if the request is not authenticated by a token. */
    Caller of(Authentication authentication);
}
