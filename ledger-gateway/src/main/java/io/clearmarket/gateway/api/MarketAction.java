package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Command;

/** The commands that are not about one consignment: the path that each is posted to. What a path names, the body may leave out. */
enum MarketAction {
    PLACE_ORDER(Command.PlaceOrder.class, "/orders", "The buyer places an order on terms that both sides signed"),
    PUBLISH_OFFER(Command.PublishOffer.class, "/offers", "A merchant publishes an offer that terms can cite"),
    REGISTER_PARTY(Command.RegisterParty.class, "/parties", "Registers the caller's certificate as a party"),
    ACCREDIT_PARTY(
            Command.AccreditParty.class,
            "/parties/{party}/accreditations",
            "An operator vouches for a merchant, a carrier or an arbiter"),
    SUSPEND_PARTY(
            Command.SuspendParty.class,
            "/parties/{party}/suspensions",
            "An operator says that a party may enter no new order"),
    REINSTATE_PARTY(
            Command.ReinstateParty.class, "/parties/{party}/reinstatements", "An operator takes that word back"),
    CHANGE_ADDRESS(
            Command.ChangeAddress.class,
            "/party-changes/address",
            "The caller's party announces another address for its money"),
    CHANGE_KEY(Command.ChangeKey.class, "/party-changes/key", "The caller's party announces another key in its place"),
    WITHDRAW_CHANGE(
            Command.WithdrawChange.class,
            "/party-changes/withdrawals",
            "The caller's party takes back what it announced"),
    COMPLETE_CHANGE(
            Command.CompleteChange.class,
            "/parties/{party}/completed-changes",
            "After the waiting period: the party completes a change of address, its successor one of key"),
    APPROVE_MARKET(
            Command.ApproveMarket.class, "/market/approvals", "An operator approves a configuration of the market"),
    RECORD_EVENT(Command.RecordEvent.class, "/provenance/events", "Records an EPCIS event under the caller's name"),
    RECORD_HAND_OVER(
            Command.RecordHandOver.class, "/provenance/handovers", "Custody of items passes; both sides have signed"),
    REGISTER_DEVICE(Command.RegisterDevice.class, "/devices", "The caller's party registers a measuring device"),
    CALIBRATE_DEVICE(
            Command.CalibrateDevice.class, "/devices/{device}/calibrations", "Its owner had a device calibrated"),
    REVOKE_DEVICE(Command.RevokeDevice.class, "/devices/{device}/revocations", "Its owner gives a device up"),
    RECORD_READINGS(
            Command.RecordReadings.class, "/provenance/readings", "Records a root over devices' signed batches"),
    RECORD_REVIEW(Command.RecordReview.class, "/reviews", "The buyer of an accepted line reviews it, once");

    private static final String BASE = "/api/v1";

    private final Class<? extends Command> command;
    private final String path;
    private final String summary;

    MarketAction(Class<? extends Command> command, String path, String summary) {
        this.command = command;
        this.path = BASE + path;
        this.summary = summary;
    }

    Class<? extends Command> command() {
        return command;
    }

    /** As a pattern. */
    String path() {
        return path;
    }

    String summary() {
        return summary;
    }

    /** @throws IllegalArgumentException if no command is posted to this pattern */
    static MarketAction at(String path) {
        for (MarketAction action : values()) {
            if (action.path.equals(path)) {
                return action;
            }
        }
        throw new IllegalArgumentException("nothing is posted to " + path);
    }
}
