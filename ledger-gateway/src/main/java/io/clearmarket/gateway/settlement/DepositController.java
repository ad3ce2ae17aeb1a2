package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.EscrowChain.Authorization;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.settlement.Deposits.Deposit;
import java.util.HexFormat;
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
    private static final int SIGNATURE_DIGITS = 130;

    private final Deposits deposits;
    private final ReadModel readModel;

    DepositController(Deposits deposits, ReadModel readModel) {
        this.deposits = deposits;
        this.readModel = readModel;
    }

    /**
     * A buyer's wish to deposit.
     *
     * @param authorization the payer's EIP-3009 authorization
     */
    record DepositRequest(ConsignmentId consignmentId, SignedAuthorization authorization) {}

    /**
     * What of an authorization does not follow from the terms, or is repeated here to be checked.
     *
     * @param validAfter 0
     * @param validBefore the terms' payBy, Unix time
     * @param signature 65 bytes r||s||v, 0x-prefixed hexadecimal
     */
    record SignedAuthorization(long validAfter, long validBefore, String signature) {}

    /** Takes a deposit and sends it soon; asking again answers the same. */
    @PostMapping
    ResponseEntity<Deposit> deposit(@RequestBody DepositRequest request, @AuthenticationPrincipal Caller caller) {
        Terms terms = ownTerms(request.consignmentId(), caller);
        SignedAuthorization authorization = request.authorization();
        Authorization expected = deposits.authorization(terms);
        if (authorization.validAfter() != 0 || authorization.validBefore() != expected.validBefore()) {
            throw SettlementProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "DEPOSIT_WRONG_VALIDITY",
                    "the authorization is valid from " + authorization.validAfter() + " to "
                            + authorization.validBefore(),
                    "validAfter is 0 and validBefore is " + expected.validBefore() + ", the terms' payBy");
        }
        try {
            return ResponseEntity.accepted().body(deposits.accept(terms, signature(authorization.signature())));
        } catch (Deposits.NotAuthorized e) {
            throw SettlementProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "DEPOSIT_NOT_AUTHORIZED",
                    String.valueOf(e.getMessage()),
                    "GET /api/v1/deposits/" + terms.consignmentId() + "/authorization says what to sign");
        } catch (ChainException.Reverted e) {
            throw SettlementProblem.of(
                    HttpStatus.CONFLICT,
                    "DEPOSIT_REFUSED",
                    e.error(),
                    "the payer needs the whole total in the asset, before payBy, and deposits once");
        } catch (ChainException.Unavailable e) {
            throw SettlementProblem.of(
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
                .orElseThrow(() -> SettlementProblem.of(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_DEPOSIT",
                        "this gateway sent no deposit for consignment " + consignmentId,
                        "POST /api/v1/deposits sends one"));
    }

    /** What to sign for a consignment's deposit, as typed data for a wallet. */
    @GetMapping("/{consignmentId}/authorization")
    TypedAuthorization authorization(
            @PathVariable ConsignmentId consignmentId, @AuthenticationPrincipal Caller caller) {
        return TypedAuthorization.of(deposits.authorization(ownTerms(consignmentId, caller)));
    }

    private Terms ownTerms(ConsignmentId id, Caller caller) {
        return readModel
                .terms(id)
                .map(SignedTerms::terms)
                .filter(terms -> terms.buyer().equals(caller.party()))
                .orElseThrow(() -> SettlementProblem.of(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_CONSIGNMENT",
                        "you are the buyer of no consignment " + id,
                        "only its buyer deposits through this gateway"));
    }

    private static byte[] signature(String hex) {
        String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
        if (digits.length() != SIGNATURE_DIGITS) {
            throw new Deposits.NotAuthorized("a signature has 65 bytes as 0x and 130 digits");
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new Deposits.NotAuthorized("the signature is not hexadecimal");
        }
    }
}
