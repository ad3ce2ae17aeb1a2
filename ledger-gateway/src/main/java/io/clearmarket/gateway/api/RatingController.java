package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Gtin;
import io.clearmarket.gateway.readmodel.Ratings;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.wallet.identity.PartyId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ratings of merchants and products, open to every caller. */
@RestController
@RequestMapping("/api/v1/ratings")
@Tag(name = "Provenance")
class RatingController {
    private static final String MEANING =
            "From the ledger's reviews alone. purchases: lines that their buyers accepted,"
                    + " which is as many reviews as there could be; reviews: of them that were reviewed; sum: of the scores, 1 to 5"
                    + " each, so that the exact mean is sum / reviews; mean: that, rounded to two decimals, a half up, absent"
                    + " without a review.";

    private final ReadModel readModel;
    private final Ratings ratings;

    RatingController(ReadModel readModel, Ratings ratings) {
        this.readModel = readModel;
        this.ratings = ratings;
    }

    @GetMapping("/merchants/{id}")
    @Operation(operationId = "merchantRating", summary = "A merchant's rating", description = MEANING)
    Answered<Ratings.Rating> merchant(@PathVariable PartyId id) {
        return Answered.found(
                readModel.answer(() -> readModel.party(id).map(party -> ratings.ofMerchant(id))), "party", id.value());
    }

    @GetMapping("/01/{gtin}")
    @Operation(
            operationId = "productRating",
            summary = "A product's rating",
            description = "Whoever sold it. " + MEANING)
    Answered<Ratings.Rating> product(@PathVariable @Pattern(regexp = Gtin.FORM) String gtin) {
        Gtin.require(gtin);
        return Answered.of(readModel.answer(() -> ratings.ofProduct(gtin)));
    }
}
