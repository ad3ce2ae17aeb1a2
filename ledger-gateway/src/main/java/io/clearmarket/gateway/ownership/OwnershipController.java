package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.ownership.Challenges.Challenge;
import io.clearmarket.gateway.ownership.Challenges.Purpose;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Somebody shows that their key is the one that has an item on the ledger. */
@RestController
@RequestMapping("/api/v1/ownership")
@Tag(name = "ownership", description = "Who has an item on the ledger, proven by their key, and how it is handed on")
class OwnershipController {
    private final Challenges challenges;
    private final HeldItems items;
    private final Admission admission;
    private final Transfers transfers;
    private final TransferAnswers answers;

    OwnershipController(
            Challenges challenges, HeldItems items, Admission admission, Transfers transfers, TransferAnswers answers) {
        this.challenges = challenges;
        this.items = items;
        this.admission = admission;
        this.transfers = transfers;
        this.answers = answers;
    }

    /** Who comes with a key has no token yet. */
    @Configuration(proxyBeanMethods = false)
    static class Paths {
        @Bean
        PublicPaths ownershipPaths() {
            return new PublicPaths(
                    List.of("/api/v1/transfers/*/offer"),
                    List.of("/api/v1/ownership/challenges", "/api/v1/ownership/claims", "/api/v1/transfers/*/claims"));
        }
    }

    /** An item that somebody wants to show something about. */
    record OwnershipQuestion(Epc epc) {}

    /**
     * A key, and the item that it is said to have.
     *
     * @param csr PEM of a PKCS #10 request by the key, named {@code clearmarket-own-} and a challenge for the item
     */
    record OwnershipClaim(Epc epc, String csr) {}

    /**
     * What the ledger says of this key and this item.
     *
     * @param party who the key is
     * @param custodian true if the item is with this party on the ledger; of anybody else nothing is said
     * @param under the key that it came to: this one, or one whose place this one took
     * @param since when it came to them
     * @param inOpenConsignment true while the sale that brought it is not over
     * @param ledger the ledger's name, which a hand-over names
     * @param transfer the owner's transfer of it that has not ended
     */
    record ClaimedItem(
            PartyId party,
            boolean custodian,
            @Nullable PartyId under,
            @Nullable Instant since,
            @Nullable Boolean inOpenConsignment,
            @Nullable String ledger,
            Admission.@Nullable Admitted admitted,
            @Nullable OfferedTransfer transfer) {}

    @PostMapping("/challenges")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "challengeOwnership",
            summary = "What a certificate request about an item must name",
            description = "Counts once, for this item, for five minutes.")
    Challenge challenge(@RequestBody OwnershipQuestion question) {
        items.require(question.epc());
        return challenges.issue(question.epc());
    }

    @PostMapping("/claims")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "claimOwnership",
            summary = "Show that a key is the one that has an item",
            description =
                    "The request's signature by the key, over the challenge, says who it is. Only the custodian's key gets a"
                            + " certificate and a token; a stranger learns nothing about who has it.")
    ClaimedItem claim(@RequestBody OwnershipClaim claim) {
        Records.Item item = items.require(claim.epc());
        Csr request = challenges.use(claim.csr(), Purpose.CLAIM, claim.epc());
        PartyId party = PartyId.of(request.publicKey());
        if (!items.has(party, item)) {
            return new ClaimedItem(party, false, null, null, null, null, null, null);
        }
        Transfer current = transfers.current(party, claim.epc());
        return new ClaimedItem(
                party,
                true,
                item.custodian(),
                item.since(),
                items.isInOpenSale(item),
                items.ledger(),
                admission.admit(request),
                current == null ? null : answers.offered(current));
    }
}
