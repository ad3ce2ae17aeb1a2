package io.clearmarket.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Base64;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A managed identity's word on terms, for a shop's back end. */
@RestController
@Tag(name = "terms")
class TermsController {
    private final ManagedCommands managed;

    TermsController(ManagedCommands managed) {
        this.managed = managed;
    }

    /**
     * Terms, signed.
     *
     * @param canonical the RFC 8785 text that both parties sign
     * @param termsHash SHA-256 of it
     * @param signature base64 of DER: the caller's
     */
    record Signed(String canonical, Digest termsHash, String signature) {}

    @PostMapping("/api/v1/terms/signatures")
    @Operation(operationId = "signTerms", summary = "Signs terms as the caller's own party, their buyer or merchant")
    Signed sign(Caller caller, @RequestBody Terms terms) {
        ManagedIdentity identity = managed.identityOf(caller);
        if (!identity.party().equals(terms.buyer()) && !identity.party().equals(terms.merchant())) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NOT_YOURS",
                    "the caller is neither the buyer nor the merchant of these terms",
                    "a caller signs for their own party only",
                    identity.party().value());
        }
        byte[] canonical = terms.canonicalBytes();
        return new Signed(
                new String(canonical, UTF_8),
                terms.hash(),
                Base64.getEncoder().encodeToString(identity.signer().sign(canonical)));
    }
}
