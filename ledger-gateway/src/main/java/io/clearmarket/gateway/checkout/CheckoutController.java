package io.clearmarket.gateway.checkout;

import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.PublicPaths;
import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.identity.ManagedIdentity;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** Hosted checkouts: the merchant's server makes one, the page behind its link does the rest with the buyer. */
@RestController
@RequestMapping("/api/v1/checkouts")
@Tag(name = "checkouts", description = "A page that takes an order and its deposit with the buyer's own keys")
class CheckoutController {
    private static final Duration SESSION = Duration.ofHours(12);

    private final Checkouts checkouts;
    private final ManagedIdentities identities;
    private final AccessKeys keys;
    private final GatewayProperties properties;

    CheckoutController(
            Checkouts checkouts, ManagedIdentities identities, AccessKeys keys, GatewayProperties properties) {
        this.checkouts = checkouts;
        this.identities = identities;
        this.keys = keys;
        this.properties = properties;
    }

    /** What the page behind the link may ask without a token: the link is the secret. */
    @Configuration(proxyBeanMethods = false)
    static class Paths {
        @Bean
        PublicPaths checkoutPaths() {
            return new PublicPaths(List.of("/api/v1/checkouts/*/offer"), List.of("/api/v1/checkouts/*/claims"));
        }
    }

    /**
     * What is offered.
     *
     * @param terms terms without the buyer's part: buyer, escrow.payer and escrow.salt; what follows from the market may be left out too
     * @param returnUrl https address that the page leads back to
     */
    record CheckoutWish(ObjectNode terms, @Nullable String returnUrl) {}

    /**
     * A checkout, for its merchant.
     *
     * @param url the page to send the buyer to; whoever has it may take the offer up
     */
    record MadeCheckout(
            String id,
            URI url,
            OrderId orderId,
            ConsignmentId consignmentId,
            Instant payBy,
            Checkouts.Status status,
            @Nullable PartyId buyer) {}

    /**
     * What the page shows before it knows the buyer.
     *
     * @param challenge what the certificate request must name, after {@code clearmarket-checkout-}
     * @param terms without the buyer's part
     */
    record CheckoutOffer(
            OrderId orderId,
            ConsignmentId consignmentId,
            Checkouts.Status status,
            String challenge,
            Instant payBy,
            @Nullable URI returnUrl,
            ObjectNode terms,
            String channel,
            String chaincode,
            boolean development) {}

    /**
     * A buyer's key and wallet.
     *
     * @param csr PEM of a PKCS #10 request by the buyer's key, named after the challenge
     * @param address the wallet that pays; absent to go on with what was begun
     */
    record CheckoutClaim(String csr, @Nullable EthAddress address) {}

    /**
     * What the buyer is to sign, and who they are here.
     *
     * @param terms complete, signed by the merchant
     * @param merchantSignature base64 of DER
     * @param token bearer token of this buyer, for 12 hours
     */
    record ClaimedCheckout(
            PartyId party, String mspId, String certificate, Terms terms, String merchantSignature, String token) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createCheckout",
            summary = "Offer an order behind a link",
            description =
                    "For a merchant whose identity this gateway manages. The same order on the same terms is the same"
                            + " checkout.")
    MadeCheckout create(@AuthenticationPrincipal Caller caller, @RequestBody CheckoutWish wish) {
        return made(checkouts.create(merchant(caller), wish.terms(), returnUrl(wish.returnUrl())));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "checkout", summary = "How far a checkout of yours has come")
    MadeCheckout find(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        Checkout checkout = checkouts.get(id);
        if (!checkout.merchant().equals(caller.party()) && !caller.seesAll()) {
            throw CheckoutProblem.unknown();
        }
        return made(checkout);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "withdrawCheckout",
            summary = "Call a checkout of yours off",
            description =
                    "Once or again, until its order is on the ledger; then it is cancelled or refunded instead. Whoever has"
                            + " the page open is told. A buyer who has your signature already can still place the order: cancel it then.")
    void withdraw(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        checkouts.withdraw(id, caller.party());
    }

    @GetMapping("/{id}/offer")
    @Operation(operationId = "checkoutOffer", summary = "What a checkout offers")
    CheckoutOffer offer(@PathVariable String id) {
        Checkout checkout = checkouts.get(id);
        return new CheckoutOffer(
                checkout.orderId(),
                ConsignmentId.of(checkout.orderId(), 1),
                checkouts.status(checkout),
                checkout.challenge(),
                checkout.payBy(),
                checkout.returnUrl(),
                checkout.draft(),
                properties.channel(),
                properties.chaincode(),
                properties.development());
    }

    @PostMapping("/{id}/claims")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "claimCheckout",
            summary = "Take a checkout up with one's own key, or go on with it",
            description =
                    "The request's signature by the key, over the challenge, says who it is. Nothing is on the ledger yet.")
    ClaimedCheckout claim(@PathVariable String id, @RequestBody CheckoutClaim claim) {
        Checkout.Taken taken = checkouts.take(id, csr(claim.csr()), claim.address());
        Caller buyer = new Caller("buyer:" + taken.buyer(), Set.of(Role.BUYER), taken.buyer(), null);
        return new ClaimedCheckout(
                taken.buyer(),
                taken.mspId(),
                taken.certificate(),
                taken.terms(),
                taken.merchantSignature(),
                keys.session(buyer, SESSION));
    }

    private static MadeCheckout made(Checkout checkout, Checkouts.Status status) {
        Checkout.Taken taken = checkout.taken();
        return new MadeCheckout(
                checkout.id(),
                ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/checkout/" + checkout.id())
                        .build()
                        .toUri(),
                checkout.orderId(),
                ConsignmentId.of(checkout.orderId(), 1),
                checkout.payBy(),
                status,
                taken == null ? null : taken.buyer());
    }

    private MadeCheckout made(Checkout checkout) {
        return made(checkout, checkouts.status(checkout));
    }

    private ManagedIdentity merchant(Caller caller) {
        String name = caller.managed();
        if (name == null || !caller.is(Role.MERCHANT)) {
            throw CodedProblem.of(
                    HttpStatus.FORBIDDEN,
                    "NO_MANAGED_IDENTITY",
                    "this gateway signs no terms for the caller",
                    "a checkout needs a merchant whose identity this gateway manages");
        }
        return identities
                .find(name)
                .filter(identity -> identity.party().equals(caller.party()))
                .orElseThrow(() -> CodedProblem.of(
                        HttpStatus.FORBIDDEN,
                        "NOT_YOURS",
                        "the managed identity is not the caller's party",
                        "a caller sells for their own party only"));
    }

    private static @Nullable URI returnUrl(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && Set.of("https", "http").contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException notOne) {
            // said below
        }
        throw CodedProblem.of(
                HttpStatus.BAD_REQUEST, "INVALID_VALUE", "returnUrl is no web address", "https://shop.example/thanks");
    }

    private static Csr csr(String pem) {
        try {
            return Csr.parse(pem);
        } catch (IllegalArgumentException e) {
            throw CodedProblem.of(
                    HttpStatus.BAD_REQUEST,
                    "INVALID_VALUE",
                    "csr: " + e.getMessage(),
                    "a PKCS #10 request in PEM, signed by the P-256 key that it is for");
        }
    }
}
