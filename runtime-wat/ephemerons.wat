;; Ephemerons (instance format 5). The first slot is the key: what the ephemeron refers to, the key included, is kept alive by
;; it only while the key is reached in another way. The walk of $collect sets ephemerons aside and decides when nothing
;; else is left to visit. One whose key nothing else reaches fires: it is an ordinary object from then on and waits in
;; the queue of mourners, and the image's finalization is due. Every other walk follows all slots.

(global $met_ephemerons (mut (ref $Objects)) (array.new_fixed $Objects 0)) ;; whose key was not seen to be reached yet
(global $met_ephemerons_count (mut i32) (i32.const 0))

;; Those that have fired: objects, or cells where the engine can tell of what is gone. No roots.
(global $fired (mut (ref $Slots)) (global.get $empty_slots))
(global $fired_count (mut i32) (i32.const 0))
(global $met_fired (mut (ref $Objects)) (array.new_fixed $Objects 0))      ;; reached in this walk, not scanned yet
(global $met_fired_count (mut i32) (i32.const 0))

;; Fired, and not yet fetched by the image. Roots of every walk.
(global $mourners (mut (ref $Slots)) (global.get $empty_slots))
(global $mourner_count (mut i32) (i32.const 0))

;; --- what the walk meets ---

(func $meet_ephemeron (param $object (ref $Object))
  (global.set $met_ephemerons
    (call $with_object_room (global.get $met_ephemerons) (global.get $met_ephemerons_count)))
  (array.set $Objects (global.get $met_ephemerons) (global.get $met_ephemerons_count) (local.get $object))
  (global.set $met_ephemerons_count (i32.add (global.get $met_ephemerons_count) (i32.const 1))))

(func $meet_fired (param $object (ref $Object))
  (global.set $met_fired (call $with_object_room (global.get $met_fired) (global.get $met_fired_count)))
  (array.set $Objects (global.get $met_fired) (global.get $met_fired_count) (local.get $object))
  (global.set $met_fired_count (i32.add (global.get $met_fired_count) (i32.const 1))))

(func $set_mark (param $object (ref $Object)) (param $mark i32)
  (struct.set $Object $hash (local.get $object)
    (i32.or (i32.and (struct.get $Object $hash (local.get $object)) (i32.const 0xFFFFFF))
      (i32.shl (local.get $mark) (i32.const 24)))))

;; Before the walk: those that have fired get the mark 254, by which $visit_unmarked knows them.
(func $mark_fired
  (local $i i32) (local $object eqref)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $fired_count)))
      (local.set $object (call $cell_value (array.get $Slots (global.get $fired) (local.get $i))))
      (if (ref.test (ref $Object) (local.get $object))
        (then (call $set_mark (ref.cast (ref $Object) (local.get $object)) (i32.const 254))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; --- when nothing else is left to visit ---

;; Ephemerons whose keys are reached are followed first, since they may reach the keys of others. When no more is found that way,
;; all that are left fire at once, as on virtual machines, and what they reach is visited: more ephemerons, perhaps.
(func $walk_ephemerons
  (loop $again
    (call $scan_met_fired)
    (br_if $again (call $scan_reached_ephemerons))
    (br_if $again (call $fire_ephemerons)))
  (global.set $met_ephemerons (array.new_fixed $Objects 0))
  (global.set $met_fired (array.new_fixed $Objects 0))
  (return_call $forget_fired))

(func $scan_met_fired
  (block $done
    (loop $next
      (br_if $done (i32.eqz (global.get $met_fired_count)))
      (global.set $met_fired_count (i32.sub (global.get $met_fired_count) (i32.const 1)))
      (call $scan_all_slots
        (ref.as_non_null (array.get $Objects (global.get $met_fired) (global.get $met_fired_count))))
      (call $finish_walk)
      (br $next))))

;; Whether there were any; the others stay.
(func $scan_reached_ephemerons (result i32)
  (local $i i32) (local $kept i32) (local $count i32) (local $object (ref $Object))
  (local.set $count (global.get $met_ephemerons_count))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $object (ref.as_non_null (array.get $Objects (global.get $met_ephemerons) (local.get $i))))
      (if (call $is_reached (call $ephemeron_key (local.get $object)))
        (then (call $scan_all_slots (local.get $object)))
        (else
          (array.set $Objects (global.get $met_ephemerons) (local.get $kept) (local.get $object))
          (local.set $kept (i32.add (local.get $kept) (i32.const 1)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (global.set $met_ephemerons_count (local.get $kept))
  (call $finish_walk)
  (i32.ne (local.get $kept) (local.get $count)))

;; All that were met and are left; whether there were any.
(func $fire_ephemerons (result i32)
  (local $i i32) (local $count i32) (local $object (ref $Object))
  (local.set $count (global.get $met_ephemerons_count))
  (global.set $met_ephemerons_count (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $object (ref.as_non_null (array.get $Objects (global.get $met_ephemerons) (local.get $i))))
      (call $fire (local.get $object))
      (call $scan_all_slots (local.get $object))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (call $finish_walk)
  (local.get $count))

(func $fire (param $object (ref $Object))
  (call $note_fired (local.get $object))
  (global.set $mourners (call $with_room (global.get $mourners) (global.get $mourner_count)))
  (array.set $Slots (global.get $mourners) (global.get $mourner_count) (local.get $object))
  (global.set $mourner_count (i32.add (global.get $mourner_count) (i32.const 1)))
  (global.set $finalization_pending (i32.const 1)))

(func $note_fired (param $object (ref $Object))
  (global.set $fired (call $with_room (global.get $fired) (global.get $fired_count)))
  (array.set $Slots (global.get $fired) (global.get $fired_count)
    (if (result eqref) (global.get $weak_reviews)
      (then (call $cell_for (local.get $object)))
      (else (local.get $object))))
  (global.set $fired_count (i32.add (global.get $fired_count) (i32.const 1))))

;; Those that were not reached leave the list; no mark 254 outlives the walk.
(func $forget_fired
  (local $i i32) (local $kept i32) (local $cell eqref) (local $object eqref)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $fired_count)))
      (local.set $cell (array.get $Slots (global.get $fired) (local.get $i)))
      (local.set $object (call $cell_value (local.get $cell)))
      (if (ref.test (ref $Object) (local.get $object))
        (then (if (call $is_reached (local.get $object))
          (then
            (array.set $Slots (global.get $fired) (local.get $kept) (local.get $cell))
            (local.set $kept (i32.add (local.get $kept) (i32.const 1))))
          (else (call $set_mark (ref.cast (ref $Object) (local.get $object)) (i32.const 0))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (array.fill $Slots (global.get $fired) (local.get $kept) (ref.null eq)
    (i32.sub (global.get $fired_count) (local.get $kept)))
  (global.set $fired_count (local.get $kept)))

;; --- one ephemeron ---

;; One without slots has no key, and nothing to keep.
(func $ephemeron_key (param $object (ref $Object)) (result eqref)
  (local $slots (ref $Slots))
  (block $other (result (ref $Object))
    (return (struct.get $Fixed1 $slot0 (br_on_cast_fail $other (ref $Object) (ref $Fixed1) (local.get $object)))))
  (drop)
  (block $other (result (ref $Object))
    (local.set $slots (struct.get $Indexed $slots
      (br_on_cast_fail $other (ref $Object) (ref $Indexed) (local.get $object))))
    (if (array.len (local.get $slots)) (then (return (array.get $Slots (local.get $slots) (i32.const 0)))))
    (local.get $object))
  (drop)
  (ref.null eq))

(func $scan_all_slots (param $object (ref $Object))
  (block $other (result (ref $Object))
    (return_call $scan_fixed (br_on_cast_fail $other (ref $Object) (ref $Fixed0) (local.get $object))
      (call $named_slots (local.get $object))))
  (return_call $scan_other))

;; fetchMourner: the one that fired last; fails when there is none.
(func $primitive_172 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $mourner eqref)
  (if (i32.eqz (global.get $mourner_count)) (then (return_call $fail_with (i32.const 10))))
  (global.set $mourner_count (i32.sub (global.get $mourner_count) (i32.const 1)))
  (local.set $mourner (array.get $Slots (global.get $mourners) (global.get $mourner_count)))
  (array.set $Slots (global.get $mourners) (global.get $mourner_count) (ref.null eq))
  (local.get $mourner))
