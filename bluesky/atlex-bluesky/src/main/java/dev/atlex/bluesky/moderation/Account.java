package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.ViewerState;
import com.atproto.label.LabelDefs.Label;
import dev.atlex.syntax.Did;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part that all views of an account have in common. Only labels in effect are included. */
record Account(Did did, @Nullable ViewerState viewer, List<Label> labels) {}
