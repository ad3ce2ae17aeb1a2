package io.clearmarket.gateway.pages.signin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This gateway as a client of the OpenID provider that issues callers' tokens.
 *
 * @param clientId as registered there
 * @param clientSecretFile file with its secret; absent for a public client, whom PKCE alone protects
 * @param scopes what is asked for: {@code openid}, and whatever has the provider give the claims
 * @param session how long a browser stays signed in
 */
@ConfigurationProperties("clearmarket.sign-in")
record SignInProperties(
        String clientId,
        @Nullable Path clientSecretFile,
        @DefaultValue("openid") List<String> scopes,
        @DefaultValue("8h") Duration session) {
    SignInProperties {
        scopes = List.copyOf(scopes);
    }
}
