package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Enrolments;
import io.clearmarket.wallet.ca.Csr;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Certificates for keys that people made on their own devices. */
@RestController
@Tag(name = "enrolment")
class EnrolmentController {
    private final Enrolments enrolments;

    EnrolmentController(Enrolments enrolments) {
        this.enrolments = enrolments;
    }

    /** A certificate signing request in PEM (PKCS #10), and the role wanted, in lower case. */
    record Enrol(String csr, String role) {}

    @PostMapping("/api/v1/enrolments")
    @Operation(operationId = "enrol", summary = "Certifies a key made on the caller's own device")
    @ApiResponse(responseCode = "201", description = "The certificate", useReturnTypeSchema = true)
    ResponseEntity<Enrolments.Enrolled> enrol(Caller caller, @RequestBody Enrol request) {
        Role role = role(request.role());
        // a shop may take in buyers; whom the market trusts with goods or rulings, its operator takes in
        if (role != Role.BUYER && !caller.is(Role.OPERATOR)) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN,
                    "NOT_ALLOWED",
                    "only an operator enrols a " + request.role(),
                    "ask the market's operator",
                    request.role());
        }
        Enrolments.Enrolled enrolled = enrolments
                .enrol(csr(request.csr()), role)
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "NO_ENROLMENT",
                        "this gateway enrols nobody in that role",
                        "ask another organisation's gateway",
                        request.role()));
        return ResponseEntity.status(HttpStatus.CREATED).body(enrolled);
    }

    private static Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiProblem(
                        HttpStatus.BAD_REQUEST,
                        "INVALID_VALUE",
                        "there is no such role",
                        "one of " + Arrays.toString(Role.values()).toLowerCase(Locale.ROOT),
                        name));
    }

    private static Csr csr(String pem) {
        try {
            return Csr.parse(pem);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "INVALID_VALUE",
                    "csr: " + e.getMessage(),
                    "a PKCS #10 request in PEM, signed by the P-256 key that it is for",
                    pem);
        }
    }
}
