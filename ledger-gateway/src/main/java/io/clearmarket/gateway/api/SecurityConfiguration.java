package io.clearmarket.gateway.api;

import io.clearmarket.gateway.config.PublicPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Nothing without a token but what a module declares public ({@link PublicPaths}). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CrossOrigins.class)
class SecurityConfiguration {
    /** For what is no page; a page's own policy goes before it. */
    private static final String POLICY =
            "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** What anything here may be asked with. */
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            Doors doors,
            BearerTokens tokens,
            ProblemWriter writer,
            CrossOrigins origins,
            OfferedMethods methods)
            throws Exception {
        AuthenticationEntryPoint notAuthenticated = notAuthenticated(writer, methods);
        AccessDeniedHandler denied = denied(writer, methods);
        return http.csrf(AbstractHttpConfigurer::disable)
                .cors(cors -> cors.configurationSource(origins.source()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY)))
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().access(doors))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(tokens)
                        .authenticationEntryPoint(notAuthenticated)
                        .accessDeniedHandler(denied)
                        .authenticationManagerResolver(request -> tokens::authenticate))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(notAuthenticated).accessDeniedHandler(denied))
                .build();
    }

    @Bean
    PublicPaths apiPublicPaths() {
        return PublicPaths.of(
                "/actuator/health/**", "/v3/api-docs/**", "/v3/api-docs.yaml", "/api/v1/market", "/error");
    }

    /** No observation of each security filter on its own: it cost as much as the rest of a request, and nobody reads it. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Requests whose very form is suspicious: encoded slashes, control characters and the like; and methods that nothing here has. */
    @Bean
    RequestRejectedHandler rejectedRequests(ProblemWriter writer) {
        return (request, response, rejected) -> {
            boolean known = METHODS.contains(request.getMethod());
            if (!known) {
                response.setHeader(HttpHeaders.ALLOW, String.join(", ", METHODS));
            }
            writer.write(response, known ? Problems.malformedRequest() : Problems.unknownMethod(request.getMethod()));
        };
    }

    /**
     * EPCIS names events and things by URIs inside its paths, percent-encoded; everywhere else an encoded slash or semicolon is
     * suspicious.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall strict = new StrictHttpFirewall();
        StrictHttpFirewall names = new StrictHttpFirewall();
        names.setAllowUrlEncodedSlash(true);
        names.setAllowUrlEncodedDoubleSlash(true);
        names.setAllowUrlEncodedPercent(true);
        names.setAllowSemicolon(true);
        // no database that speaks UTF-8 text takes it
        strict.setAllowedParameterValues(SecurityConfiguration::hasNoNul);
        names.setAllowedParameterValues(SecurityConfiguration::hasNoNul);
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return (isEpcis(request) ? names : strict).getFirewalledRequest(ReadableParameters.of(request));
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return strict.getFirewalledResponse(response);
            }
        };
    }

    /** Tomcat would refuse encoded slashes before the firewall sees them. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
        return factory -> factory.addConnectorCustomizers(
                connector -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    private static boolean hasNoNul(String value) {
        return value.indexOf('\0') < 0;
    }

    private static boolean isEpcis(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/epcis/");
    }

    /** A problem in the type that the bindings of EPCIS want under their paths. */
    private static ProblemDetail security(HttpServletRequest request, ProblemDetail problem) {
        if (isEpcis(request)) {
            problem.setType(URI.create("epcisException:SecurityException"));
        }
        return problem;
    }

    private static AuthenticationEntryPoint notAuthenticated(ProblemWriter writer, OfferedMethods methods) {
        return (request, response, reason) -> {
            if (request.getHeader(HttpHeaders.AUTHORIZATION) == null && isOfNobody(request, response, methods)) {
                writer.write(response, Problems.unknownMethod(request.getMethod()));
                return;
            }
            boolean refused = reason instanceof OAuth2AuthenticationException;
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    reason instanceof OAuth2AuthenticationException wrong
                            ? "Bearer error=\"%s\"".formatted(wrong.getError().getErrorCode())
                            : "Bearer");
            writer.write(
                    response,
                    security(
                            request,
                            Problems.of(
                                    HttpStatus.UNAUTHORIZED,
                                    "NOT_AUTHENTICATED",
                                    String.valueOf(reason.getMessage()),
                                    refused
                                            ? "send a token that this market's provider issued for this gateway and that has"
                                                    + " not run out, or a key"
                                            : "send Authorization: Bearer <token>",
                                    null)));
        };
    }

    /** True for a method that the path has for nobody; then the answer names those that it has. */
    private static boolean isOfNobody(
            HttpServletRequest request, HttpServletResponse response, OfferedMethods methods) {
        Set<HttpMethod> offered = methods.insteadOf(request);
        if (offered.isEmpty()) {
            return false;
        }
        response.setHeader(
                HttpHeaders.ALLOW,
                offered.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
        return true;
    }

    /** Says which scope is missing, where it is one (RFC 6750 section 3.1); a method that is nobody's is told as such. */
    private static AccessDeniedHandler denied(ProblemWriter writer, OfferedMethods methods) {
        return (request, response, reason) -> {
            ProblemDetail problem;
            if (isOfNobody(request, response, methods)) {
                problem = Problems.unknownMethod(request.getMethod());
            } else if (reason instanceof AuthorizationDeniedException denied
                    && denied.getAuthorizationResult() instanceof Doors.Missing missing) {
                response.setHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"insufficient_scope\", scope=\"%s\""
                                .formatted(missing.scope().id()));
                problem = Problems.insufficient(missing.scope());
            } else {
                problem = Problems.of(
                        HttpStatus.FORBIDDEN,
                        "NOT_ALLOWED",
                        "the token's roles do not allow this",
                        "ask with a token of another role",
                        null);
            }
            writer.write(response, security(request, problem));
        };
    }
}
