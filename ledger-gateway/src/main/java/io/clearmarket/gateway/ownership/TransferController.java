package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.ownership.Challenges.Purpose;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** An item passes from one key to another: the owner offers it behind a link, the taker signs, the owner records it. */
@RestController
@RequestMapping("/api/v1/transfers")
@Tag(name = "ownership")
class TransferController {
    private final Transfers transfers;
    private final TransferAnswers answers;
    private final Challenges challenges;
    private final Admission admission;
    private final HeldItems items;
    private final GatewayProperties properties;

    TransferController(
            Transfers transfers,
            TransferAnswers answers,
            Challenges challenges,
            Admission admission,
            HeldItems items,
            GatewayProperties properties) {
        this.transfers = transfers;
        this.answers = answers;
        this.challenges = challenges;
        this.admission = admission;
        this.items = items;
        this.properties = properties;
    }

    /**
     * An item that its owner wants to hand on.
     *
     * @param expiresAt until when somebody may take it, at most 30 days; absent: in 7 days
     */
    record TransferWish(Epc epc, @Nullable Instant expiresAt) {}

    /**
     * A transfer, before it is known who asks.
     *
     * @param ledger the ledger's name, which the hand-over and the wallet's word name
     * @param chainId EIP-155 number of the chain that wallets are on
     */
    record TransferOffer(
            Epc epc, Transfer.Status status, Instant expiresAt, String ledger, long chainId, boolean development) {}

    /**
     * A key that asks for the item.
     *
     * @param csr PEM of a PKCS #10 request by the key, named {@code clearmarket-take-} and a challenge for the item
     */
    record TransferClaim(String csr) {}

    /**
     * Who the taker is here, and from whom the item would come.
     *
     * @param from who offers it, which the hand-over names
     * @param given what the taker signed before
     */
    record TakenTransfer(
            Admission.Admitted admitted, PartyId from, Transfer.Status status, Transfer.@Nullable Word given) {}

    /**
     * A taker's word.
     *
     * @param handOver of this item alone, from the owner to the caller
     * @param signature base64 of DER, by the caller's key over the hand-over's RFC 8785 bytes
     */
    record TakersWord(HandOver handOver, String signature) {}

    /** The taker whom the owner says yes to. */
    record TransferChoice(PartyId party) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createTransfer",
            summary = "Offer an item of yours behind a link",
            description =
                    "For the party that has it on the ledger, once its sale is over. While a transfer of the item has"
                            + " not ended, asking again gives the same one.")
    OfferedTransfer create(@AuthenticationPrincipal Caller caller, @RequestBody TransferWish wish) {
        return answers.offered(transfers.open(party(caller), wish.epc(), wish.expiresAt()));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "transfer", summary = "A transfer of yours, with who asked for the item")
    OfferedTransfer find(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return answers.offered(transfers.get(id, caller.party()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "withdrawTransfer",
            summary = "Call a transfer of yours off",
            description = "What takers gave for it is forgotten. Once the hand-over is on the ledger it is too late.")
    void withdraw(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        transfers.withdraw(id, caller.party());
    }

    @PostMapping("/{id}/choice")
    @Operation(
            operationId = "chooseTaker",
            summary = "Say yes to one of those who asked",
            description =
                    "From then on nobody else can. The item passes when the owner's own key records the hand-over:"
                            + " recordHandOver with the taker's word as counter-signature.")
    OfferedTransfer choose(
            @AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody TransferChoice choice) {
        return answers.offered(transfers.choose(id, caller.party(), choice.party()));
    }

    @GetMapping("/{id}/offer")
    @Operation(operationId = "transferOffer", summary = "What a transfer offers")
    TransferOffer offer(@PathVariable String id) {
        return offer(transfers.get(id));
    }

    @PostMapping("/{id}/claims")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "claimTransfer",
            summary = "Ask for the item with one's own key, or go on with it",
            description =
                    "The request's signature by the key, over the challenge, says who it is. Nothing is on the ledger yet.")
    TakenTransfer claim(@PathVariable String id, @RequestBody TransferClaim claim) {
        Transfer transfer = transfers.get(id);
        Csr request = challenges.use(claim.csr(), Purpose.TAKE, transfer.epc());
        PartyId taker = PartyId.of(request.publicKey());
        transfers.requireOpenTo(taker, transfer);
        return new TakenTransfer(
                admission.admit(request),
                transfer.owner(),
                transfers.status(transfer),
                transfer.wordOf(taker).orElse(null));
    }

    @PostMapping("/{id}/takers")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "takeTransfer",
            summary = "Sign for the item",
            description =
                    "The word waits here for the owner's; without it nothing happens. What was given before stands.")
    TransferOffer take(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody TakersWord word) {
        Transfer.Word given = new Transfer.Word(party(caller), word.handOver(), word.signature());
        return offer(transfers.give(id, given));
    }

    private TransferOffer offer(Transfer transfer) {
        return new TransferOffer(
                transfer.epc(),
                transfers.status(transfer),
                transfer.expiresAt(),
                items.ledger(),
                items.market().chainId(),
                properties.development());
    }

    private static PartyId party(Caller caller) {
        PartyId party = caller.party();
        if (party == null) {
            throw CodedProblem.of(
                    HttpStatus.FORBIDDEN, "NO_PARTY", "the caller is no party", "claim the item with its key first");
        }
        return party;
    }
}
