package dev.atlex.streams;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.atlex.data.Bytes;
import dev.atlex.streams.internal.connection.Entry;
import dev.atlex.streams.internal.connection.Receipts;
import dev.atlex.streams.internal.tap.AckLedger;
import dev.atlex.streams.internal.tap.AckSender;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Acknowledges the finished events of a Tap, and recognizes those that it delivers again. */
final class TapReceipts implements Receipts<TapEvent> {
    /** Tap writes the id first. It has at most 18 digits, so that it is in the range of a long. */
    private static final Pattern ID = Pattern.compile("^\\s*\\{\\s*\"id\"\\s*:\\s*([0-9]{1,18})\\b");

    private static final int HEAD = 64;

    private final AckLedger ledger;
    private final AckSender sender;

    TapReceipts(AckLedger ledger, AckSender sender) {
        this.ledger = ledger;
        this.sender = sender;
    }

    @Override
    public boolean admit(Entry<TapEvent> entry) {
        OptionalLong id = id(entry);
        if (id.isEmpty()) {
            return true;
        }
        AckLedger.Delivery delivery = ledger.receive(id.getAsLong(), content(entry));
        if (delivery == AckLedger.Delivery.ACKNOWLEDGED) {
            sender.addRepeated(id.getAsLong());
            sender.send();
        }
        return delivery == AckLedger.Delivery.NEW;
    }

    @Override
    public void finished(Entry<TapEvent> entry) {
        OptionalLong id = id(entry);
        if (id.isPresent() && ledger.finish(id.getAsLong(), content(entry), isUnique(entry))) {
            sender.add(id.getAsLong());
        }
    }

    @Override
    public void send() {
        sender.send();
    }

    @Override
    public void awaitSent(Duration atMost) throws InterruptedException {
        sender.awaitSent(atMost);
    }

    /** Returns how many events were delivered again and not handled again. */
    long duplicates() {
        return ledger.duplicates();
    }

    private static OptionalLong id(Entry<TapEvent> entry) {
        return entry.invalid() == null ? OptionalLong.of(entry.event().id()) : id(entry.frame());
    }

    /** Returns the id of an event that can't be decoded, or empty if it can't be found. */
    static OptionalLong id(Bytes frame) {
        byte[] head = new byte[Math.min(HEAD, frame.size())];
        frame.asByteBuffer().get(head);
        Matcher matcher = ID.matcher(new String(head, ISO_8859_1));
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    private static long content(Entry<TapEvent> entry) {
        return entry.invalid() == null ? content(entry.event()) : entry.frame().hashCode();
    }

    private static boolean isUnique(Entry<TapEvent> entry) {
        return entry.invalid() != null || isUnique(entry.event());
    }

    /**
     * Returns whether events with the same {@link #content} are always the same event. A revision has at most one change
     * of each record. But an identity may change and change back.
     */
    static boolean isUnique(TapEvent event) {
        return event instanceof TapRecordEvent;
    }

    /** Returns a hash of the content. */
    static long content(TapEvent event) {
        if (event instanceof TapRecordEvent r) {
            return hash(r.uri().hashCode(), Objects.hash(r.rev(), r.action(), r.cid()));
        } else if (event instanceof TapIdentityEvent i) {
            return hash(i.did().hashCode(), Objects.hash(i.handle(), i.active(), i.status()));
        }
        TapOtherEvent other = (TapOtherEvent) event;
        return hash(other.type().hashCode(), other.value().hashCode());
    }

    private static long hash(int high, int low) {
        return (long) high << Integer.SIZE | low & 0xffffffffL;
    }
}
