package io.clearmarket.gateway.pages.signin;

import io.clearmarket.wallet.PrivateFiles;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;

/**
 * Signing in to the pages at the OpenID provider: authorization code with PKCE (RFC 7636), OpenID Connect Core section 3.1. Has filters of its
 * own under two paths, so that no other request passes them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("clearmarket.sign-in.client-id")
@EnableConfigurationProperties(SignInProperties.class)
class SignInConfiguration {
    /** Our name of the provider, in paths. */
    static final String PROVIDER = "provider";

    /** Where a browser goes to sign in. */
    static final String BEGIN = "/oauth2/authorization/" + PROVIDER;

    private static final String AUTHORIZATION = "/oauth2/authorization/";
    private static final String CODE = "/login/oauth2/code/";
    private static final String POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** The provider is asked for its addresses when the first person signs in, so that the gateway starts without it. */
    @Bean
    ClientRegistrationRepository clientRegistrations(
            SignInProperties properties, OAuth2ResourceServerProperties provider) {
        String issuer = provider.getJwt().getIssuerUri();
        if (issuer == null) {
            throw new IllegalStateException("clearmarket.sign-in.client-id is set, and "
                    + "spring.security.oauth2.resourceserver.jwt.issuer-uri, the provider to sign in at, is not");
        }
        String secret = properties.clientSecretFile() == null
                ? null
                : PrivateFiles.readText(properties.clientSecretFile()).strip();
        return new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration(issuer, properties, secret)));
    }

    private static ClientRegistration registration(
            String issuer, SignInProperties properties, @Nullable String secret) {
        ClientRegistration.Builder client = ClientRegistrations.fromIssuerLocation(issuer)
                .registrationId(PROVIDER)
                .clientId(properties.clientId())
                .scope(properties.scopes());
        return secret == null
                ? client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : client.clientSecret(secret).build();
    }

    @Bean
    @Order(0)
    SecurityFilterChain signingIn(HttpSecurity http, ClientRegistrationRepository clients, SignedIn signedIn)
            throws Exception {
        OidcUserService users = new OidcUserService();
        // which claims it gives there and which in the ID token is the provider's choice
        users.setRetrieveUserInfo(user -> user.getClientRegistration()
                        .getProviderDetails()
                        .getUserInfoEndpoint()
                        .getUri()
                != null);
        return http.securityMatcher(request -> request.getRequestURI().startsWith(AUTHORIZATION)
                        || request.getRequestURI().startsWith(CODE))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .oauth2Login(login -> login.loginPage(SignInController.PATH)
                        .clientRegistrationRepository(clients)
                        .authorizedClientRepository(new ForgottenClients())
                        .authorizationEndpoint(begin -> begin.authorizationRequestResolver(withPkce(clients))
                                .authorizationRequestRepository(new PendingSignIns(InstantSource.system())))
                        .userInfoEndpoint(info -> info.oidcUserService(users))
                        .successHandler(signedIn)
                        .failureHandler(signedIn))
                .build();
    }

    private static OAuth2AuthorizationRequestResolver withPkce(ClientRegistrationRepository clients) {
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(clients, AUTHORIZATION.replaceFirst("/$", ""));
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return resolver;
    }

    /** Verifies ID tokens by whatever algorithms the provider's published keys are for; Spring's own takes RS256 alone. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokenDecoders() {
        return SignInConfiguration::idTokens;
    }

    private static JwtDecoder idTokens(ClientRegistration client) {
        String issuer = Objects.requireNonNull(client.getProviderDetails().getIssuerUri(), "found by its issuer");
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                List.of(new JwtTimestampValidator(), new OidcIdTokenValidator(client))));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return decoder;
    }
}
