;; Settled objects: what the last walk of a become: has met, with what their slots held then. As long as no other walk marks
;; objects, a further become: of objects made since compares these slots, which costs less than following them: only what
;; has changed can lead to objects that are not settled, and only those are walked. Marks tell: $settled_mark is settled.
;;
;; What is settled is kept alive; it is forgotten with the lists of instances, at every collection, and by all other walks.

(global $settled (mut (ref $Slots)) (global.get $empty_slots))        ;; objects; of an $Indexed its $Slots, which saves a load
(global $settled_count (mut i32) (i32.const 0))
(global $settled_kinds (mut (ref $Words)) (global.get $no_words))     ;; SETTLED | number of slots << 3
(global $settled_slots (mut (ref $Slots)) (global.get $empty_slots))  ;; of all, one behind the other
(global $settled_slot_count (mut i32) (i32.const 0))
(global $settled_selectors (mut i32) (i32.const 0))                   ;; selectors that there were
(global $settled_mark (mut i32) (i32.const 0))                        ;; 0: nothing is settled
(global $settling (mut i32) (i32.const 0))                            ;; the walk settles what it meets

;; SETTLED: 1 $Fixed1 to $Fixed12, 2 $Indexed, 0 any other, scanned each time. Methods are not among them: $method_changes
;; is called before a literal changes.

(func $forget_settled
  (if (i32.eqz (global.get $settled_mark)) (then (return)))
  (global.set $settled_mark (i32.const 0))
  (global.set $settled_count (i32.const 0))
  (global.set $settled_slot_count (i32.const 0))
  (global.set $settled (global.get $empty_slots))
  (global.set $settled_kinds (global.get $no_words))
  (global.set $settled_slots (global.get $empty_slots)))

(func $method_changes (param $method (ref $CompiledMethod))
  (if (i32.eq (global.get $settled_mark) (i32.shr_u (struct.get $CompiledMethod $hash (local.get $method)) (i32.const 24)))
    (then (call $forget_settled))))

;; Whether none of the objects to be replaced was there at the last walk.
(func $all_made_since (result i32)
  (local $i i32) (local $mark i32)
  (if (i32.eqz (global.get $weak_reviews)) (then (return (i32.const 0))))
  (local.set $mark (select (global.get $settled_mark) (global.get $walk_mark) (global.get $settled_mark)))
  (if (i32.eqz (local.get $mark)) (then (return (i32.const 0))))
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (global.get $replaced)))
      (then
        (if (i32.eq (local.get $mark) (i32.shr_u (struct.get $Object $hash
              (ref.cast (ref $Object) (array.get $Slots (global.get $replaced) (local.get $i)))) (i32.const 24)))
          (then (return (i32.const 0))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (i32.const 1))

;; The walk of a become:. Closures go to $walk_list.
(func $walk_to_replace (param $made_since i32)
  (if (i32.and (local.get $made_since) (i32.ne (global.get $settled_mark) (i32.const 0)))
    (then (return_call $walk_unsettled)))
  (call $forget_settled)
  (global.set $settling (local.get $made_since))
  (call $walk_wanting (i32.const 2) (i32.const 0))
  (global.set $settling (i32.const 0))
  (if (local.get $made_since)
    (then
      (global.set $settled_selectors (global.get $selector_count))
      (global.set $settled_mark (global.get $walk_mark)))))

;; --- while everything is walked ---

(func $settle (param $object (ref $Object))
  (local $kind i32)
  (block $not_indexed (result (ref $Object))
    (return_call $settle_indexed (br_on_cast_fail $not_indexed (ref $Object) (ref $Indexed) (local.get $object))))
  (drop)
  (if (ref.test (ref $CompiledMethod) (local.get $object)) (then (return)))
  (local.set $kind (call $walk_kind (struct.get $Object $classIndex (local.get $object))))
  (if (i32.eq (i32.and (local.get $kind) (i32.const 7)) (i32.const 2))
    (then (return_call $settle_fixed (local.get $object) (i32.shr_u (local.get $kind) (i32.const 8)))))
  (return_call $add_settled (local.get $object) (i32.const 0) (i32.const 0)))

(func $settle_indexed (param $object (ref $Indexed))
  (if (ref.test (ref $WeakIndexed) (local.get $object))
    (then (return_call $add_settled (local.get $object) (i32.const 0) (i32.const 0))))
  (return_call $settle_slots (struct.get $Indexed $slots (local.get $object))))

(func $add_settled (param $object eqref) (param $kind i32) (param $size i32)
  (local $larger (ref $Words))
  (if (i32.ge_u (global.get $settled_count) (array.len (global.get $settled_kinds)))
    (then
      (local.set $larger (array.new_default $Words
        (i32.add (i32.const 4096) (i32.shl (global.get $settled_count) (i32.const 1)))))
      (array.copy $Words $Words (local.get $larger) (i32.const 0) (global.get $settled_kinds) (i32.const 0)
        (global.get $settled_count))
      (global.set $settled_kinds (local.get $larger))))
  (global.set $settled (call $with_room (global.get $settled) (global.get $settled_count)))
  (array.set $Slots (global.get $settled) (global.get $settled_count) (local.get $object))
  (array.set $Words (global.get $settled_kinds) (global.get $settled_count)
    (i32.or (i32.shl (local.get $size) (i32.const 3)) (local.get $kind)))
  (global.set $settled_count (i32.add (global.get $settled_count) (i32.const 1))))

(func $settle_slot (param $value eqref)
  (global.set $settled_slots (call $with_room (global.get $settled_slots) (global.get $settled_slot_count)))
  (array.set $Slots (global.get $settled_slots) (global.get $settled_slot_count) (local.get $value))
  (global.set $settled_slot_count (i32.add (global.get $settled_slot_count) (i32.const 1))))

(func $settle_slots (param $slots (ref $Slots))
  (local $i i32)
  (if (i32.eqz (array.len (local.get $slots))) (then (return)))
  (call $add_settled (local.get $slots) (i32.const 2) (array.len (local.get $slots)))
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (local.get $slots)))
      (then
        (call $settle_slot (array.get $Slots (local.get $slots) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))

;; An object with more slots than its class says, or fewer, is scanned each time.
(func $settle_fixed (param $object (ref $Object)) (param $size i32)
;;@repeat 1 12
  (if (i32.eq (local.get $size) (i32.const @n))
    (then (if (ref.test (ref $Fixed@n) (local.get $object))
      (then (if (i32.eqz (ref.test (ref $Fixed@+) (local.get $object)))
        (then (return_call $settle_fixed_@n (ref.cast (ref $Fixed@n) (local.get $object)))))))))
;;@end
  (if (local.get $size) (then (call $add_settled (local.get $object) (i32.const 0) (i32.const 0)))))

;;@repeat 1 12
(func $settle_fixed_@n (param $object (ref $Fixed@n))
  (call $add_settled (local.get $object) (i32.const 1) (i32.const @n))
  @each{(call $settle_slot (struct.get $Fixed@n $slot@i (local.get $object)))
  })

(func $is_as_settled_@n (param $object (ref $Fixed@n)) (param $slots (ref $Slots)) (param $offset i32) (result i32)
  i32.const 1
  @each{(ref.eq (struct.get $Fixed@n $slot@i (local.get $object))
    (array.get $Slots (local.get $slots) (i32.add (local.get $offset) (i32.const @i))))
  i32.and
  })
;;@end

;; --- the walk of what is not settled ---

(global $rescan_index (mut i32) (i32.const 0))     ;; of the next settled object ...
(global $rescan_offset (mut i32) (i32.const 0))    ;; ... and of its slots

;; Where so much is new that it costs more than it saves, the next walk settles again.
(func $walk_unsettled
  (call $begin_next_walk (i32.const 0) (ref.null eq))
  (global.set $walk_wanted (i32.const 2))
  (global.set $walk_scanned (i32.const 0))
  (call $visit_replaced_roots)
  (call $visit_roots)
  (global.set $rescan_index (i32.const 0))
  (global.set $rescan_offset (i32.const 0))
  (loop $next
    (call $rescan_chunk)
    (br_if $next (i32.lt_u (global.get $rescan_index) (global.get $settled_count))))
  (call $finish_walk)
  (if (i32.gt_u (global.get $walk_scanned)
        (i32.add (i32.const 4096) (i32.shr_u (global.get $settled_count) (i32.const 2))))
    (then (call $forget_settled))))

;; In chunks, as $walk_chunk.
(func $rescan_chunk
  (local $left i32) (local $entry i32)
  (local.set $left (i32.const 256))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (global.get $rescan_index) (global.get $settled_count)))
      (local.set $entry (array.get $Words (global.get $settled_kinds) (global.get $rescan_index)))
      (call $rescan (array.get $Slots (global.get $settled) (global.get $rescan_index)) (i32.and (local.get $entry) (i32.const 7))
        (i32.shr_u (local.get $entry) (i32.const 3)) (global.get $rescan_offset))
      (global.set $rescan_offset (i32.add (global.get $rescan_offset) (i32.shr_u (local.get $entry) (i32.const 3))))
      (global.set $rescan_index (i32.add (global.get $rescan_index) (i32.const 1)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))

(func $rescan (param $settled eqref) (param $kind i32) (param $size i32) (param $offset i32)
  (if (i32.eq (local.get $kind) (i32.const 2))
    (then (return_call $rescan_slots (ref.cast (ref $Slots) (local.get $settled)) (local.get $offset))))
  (if (i32.eq (local.get $kind) (i32.const 1))
    (then (return_call $rescan_fixed (local.get $settled) (local.get $size) (local.get $offset))))
  (call $append_if_wanted (ref.cast (ref $Object) (local.get $settled)))
  (return_call $scan (ref.cast (ref $Object) (local.get $settled))))

(func $rescan_slots (param $slots (ref $Slots)) (param $offset i32)
  (local $i i32) (local $size i32) (local $settled (ref $Slots))
  (local.set $size (array.len (local.get $slots)))
  (local.set $settled (global.get $settled_slots))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $size)))
      (if (i32.eqz (ref.eq (array.get $Slots (local.get $slots) (local.get $i))
            (array.get $Slots (local.get $settled) (i32.add (local.get $offset) (local.get $i)))))
        (then (call $scan_slots (local.get $slots) (local.get $i) (i32.add (local.get $i) (i32.const 1)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $rescan_fixed (param $object eqref) (param $size i32) (param $offset i32)
;;@repeat 1 12
  block
;;@end
  (i32.sub (local.get $size) (i32.const 1))
  br_table
;;@repeat 1 12
  @-
;;@end
  11
;;@repeat 1 12
  end
  (if (call $is_as_settled_@n (ref.cast (ref $Fixed@n) (local.get $object)) (global.get $settled_slots) (local.get $offset))
    (then (return)))
  (return_call $scan_fixed_@n (ref.cast (ref $Fixed@n) (local.get $object)))
;;@end
  )
