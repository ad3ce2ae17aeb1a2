package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.DepositSignature;
import io.clearmarket.gateway.chain.EscrowChain.Authorization;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.settlement.Deposits.Deposit;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Deposits without gas: the buyer signs, the gateway sends. */
@RestController
@RequestMapping("/api/v1/deposits")
@ConditionalOnProperty("clearmarket.chain.rpc-url")
class DepositController {
    /** Longer than any wallet's; shorter than what would cost a fortune in calldata. */
    private static final int MOST_BYTES = 4_096;

    private final Deposits deposits;
    private final ReadModel readModel;

    DepositController(Deposits deposits, ReadModel readModel) {
        this.deposits = deposits;
        this.readModel = readModel;
    }

    /**
     * A buyer's wish to deposit, signed by the payer in one of three ways.
     *
     * @param authorization EIP-3009
     * @param permit EIP-2612 with a consent to the terms
     * @param permit2 Permit2
     */
    record DepositRequest(
            ConsignmentId consignmentId,
            @Nullable SignedAuthorization authorization,
            @Nullable SignedPermit permit,
            @Nullable SignedPermit2 permit2) {}

    /**
     * What of an authorization does not follow from the terms, or is repeated here to be checked.
     *
     * @param validAfter 0
     * @param validBefore the terms' payBy, Unix time
     * @param signature r||s||v or a contract wallet's, 0x-prefixed hexadecimal
     */
    record SignedAuthorization(long validAfter, long validBefore, String signature) {}

    /**
     * Two signatures, 0x-prefixed hexadecimal.
     *
     * @param permit 0x where the payer approved the contract before
     */
    record SignedPermit(String consent, String permit) {}

    /** One signature, likewise. */
    record SignedPermit2(String signature) {}

    /** Takes a deposit and sends it soon; asking again answers the same. */
    @PostMapping
    @ApiResponse(responseCode = "202", description = "Taken; it is sent soon", useReturnTypeSchema = true)
    ResponseEntity<Deposit> deposit(@RequestBody DepositRequest request, @AuthenticationPrincipal Caller caller) {
        Terms terms = ownTerms(request.consignmentId(), caller);
        try {
            return ResponseEntity.accepted().body(deposits.accept(terms, signature(request, terms)));
        } catch (Deposits.NotAuthorized e) {
            throw CodedProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "DEPOSIT_NOT_AUTHORIZED",
                    String.valueOf(e.getMessage()),
                    "GET /api/v1/deposits/" + terms.consignmentId()
                            + "/authorization, /permit or /permit2 says what to sign");
        } catch (Deposits.Spent e) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "DEPOSIT_TOO_OFTEN",
                    String.valueOf(e.getMessage()),
                    "anybody may bring what the payer signed to the escrow contract, and pay for that themselves");
        } catch (ChainException.Reverted e) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "DEPOSIT_REFUSED",
                    e.error(),
                    "the payer needs the whole total in the asset, before payBy, and deposits once");
        } catch (ChainException.Unavailable e) {
            throw CodedProblem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "CHAIN_UNAVAILABLE",
                    "the settlement chain does not answer",
                    "try again; nothing was sent");
        }
    }

    /** The deposit that this gateway sent, and whether it is final. */
    @GetMapping("/{consignmentId}")
    Deposit find(@PathVariable ConsignmentId consignmentId, @AuthenticationPrincipal Caller caller) {
        return deposits.find(ownTerms(consignmentId, caller))
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_DEPOSIT",
                        "this gateway sent no deposit for consignment " + consignmentId,
                        "POST /api/v1/deposits sends one"));
    }

    /** What to sign for a consignment's deposit by EIP-3009, as typed data for a wallet. */
    @GetMapping("/{consignmentId}/authorization")
    DepositTypedData authorization(@PathVariable ConsignmentId consignmentId, @AuthenticationPrincipal Caller caller) {
        return DepositTypedData.authorization(deposits.authorization(ownTerms(consignmentId, caller)));
    }

    /** The same by EIP-2612: two messages. */
    @GetMapping("/{consignmentId}/permit")
    Deposits.PermitMessages permit(@PathVariable ConsignmentId consignmentId, @AuthenticationPrincipal Caller caller) {
        try {
            return deposits.permit(ownTerms(consignmentId, caller));
        } catch (ChainException.Reverted e) {
            throw CodedProblem.of(
                    HttpStatus.CONFLICT,
                    "NO_PERMITS",
                    "the token takes no EIP-2612 permits",
                    "deposit by an authorization or by Permit2");
        }
    }

    /** The same by Permit2, to which the payer approved the token once. */
    @GetMapping("/{consignmentId}/permit2")
    DepositTypedData permit2(@PathVariable ConsignmentId consignmentId, @AuthenticationPrincipal Caller caller) {
        return DepositTypedData.permit2(ownTerms(consignmentId, caller));
    }

    private DepositSignature signature(DepositRequest request, Terms terms) {
        SignedAuthorization authorization = request.authorization();
        SignedPermit permit = request.permit();
        SignedPermit2 permit2 = request.permit2();
        if (Stream.of(authorization, permit, permit2).filter(Objects::nonNull).count() != 1) {
            throw CodedProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "DEPOSIT_ONE_WAY",
                    "a deposit is signed in one way",
                    "give exactly one of authorization, permit and permit2");
        }
        if (authorization != null) {
            requireValidity(authorization, deposits.authorization(terms));
            return new DepositSignature.Authorization(bytes(authorization.signature()));
        }
        return permit == null
                ? new DepositSignature.Permit2(
                        bytes(Objects.requireNonNull(permit2).signature()))
                : new DepositSignature.Permit(bytes(permit.consent()), bytes(permit.permit()));
    }

    private static void requireValidity(SignedAuthorization authorization, Authorization expected) {
        if (authorization.validAfter() != 0 || authorization.validBefore() != expected.validBefore()) {
            throw CodedProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "DEPOSIT_WRONG_VALIDITY",
                    "the authorization is valid from " + authorization.validAfter() + " to "
                            + authorization.validBefore(),
                    "validAfter is 0 and validBefore is " + expected.validBefore() + ", the terms' payBy");
        }
    }

    private Terms ownTerms(ConsignmentId id, Caller caller) {
        return readModel
                .terms(id)
                .map(SignedTerms::terms)
                .filter(terms -> terms.buyer().equals(caller.party()))
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_CONSIGNMENT",
                        "you are the buyer of no consignment " + id,
                        "only its buyer deposits through this gateway"));
    }

    private static byte[] bytes(String hex) {
        String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
        if (digits.length() > 2 * MOST_BYTES) {
            throw new Deposits.NotAuthorized("a signature has at most " + MOST_BYTES + " bytes");
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new Deposits.NotAuthorized("the signature is not hexadecimal");
        }
    }
}
