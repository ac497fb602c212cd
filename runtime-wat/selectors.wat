;; Selector ids: dense small integers for the Symbols that are sent. New ones are made at run time.

;; Open addressing by the Symbol's identity hash: selector id + 1, 0 is free. At most half full.
(global $selector_map (mut (ref $Words)) (array.new_default $Words (i32.const 1024)))

(func $selector_at (param $id i32) (result eqref)
  (if (i32.ge_u (local.get $id) (global.get $selector_count)) (then (return (ref.null eq))))
  (array.get $Slots (global.get $selectors) (local.get $id)))

;; The id of a selector, a new one when it has none.
(func $selector_id (param $selector eqref) (result i32)
  (local $map (ref $Words)) (local $mask i32) (local $index i32) (local $entry i32)
  (local.set $map (global.get $selector_map))
  (local.set $mask (i32.sub (array.len (local.get $map)) (i32.const 1)))
  (local.set $index (i32.and (call $identity_hash (local.get $selector)) (local.get $mask)))
  (block $free
    (loop $probe
      (br_if $free (i32.eqz (local.tee $entry (array.get $Words (local.get $map) (local.get $index)))))
      (local.set $entry (i32.sub (local.get $entry) (i32.const 1)))
      (if (ref.eq (array.get $Slots (global.get $selectors) (local.get $entry)) (local.get $selector))
        (then (return (local.get $entry))))
      (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
      (br $probe)))
  (return_call $add_selector (local.get $selector)))

(func $add_selector (param $selector eqref) (result i32)
  (local $id i32) (local $larger (ref $Slots))
  (local.set $id (global.get $selector_count))
  (if (i32.eq (local.get $id) (array.len (global.get $selectors)))
    (then
      (local.set $larger (array.new_default $Slots (i32.add (i32.shl (local.get $id) (i32.const 1)) (i32.const 64))))
      (array.copy $Slots $Slots (local.get $larger) (i32.const 0) (global.get $selectors) (i32.const 0) (local.get $id))
      (global.set $selectors (local.get $larger))))
  (array.set $Slots (global.get $selectors) (local.get $id) (local.get $selector))
  (global.set $selector_count (i32.add (local.get $id) (i32.const 1)))
  (if (i32.gt_u (i32.shl (global.get $selector_count) (i32.const 1)) (array.len (global.get $selector_map)))
    (then (call $map_selectors))
    (else (call $map_selector (local.get $id))))
  (local.get $id))

;; Whether one of the objects is a selector.
(func $any_selector (param $objects (ref $Slots)) (result i32)
  (local $i i32)
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (local.get $objects)))
      (then
        (if (call $is_selector (array.get $Slots (local.get $objects) (local.get $i))) (then (return (i32.const 1))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (i32.const 0))

(func $is_selector (param $object eqref) (result i32)
  (local $mask i32) (local $index i32) (local $entry i32)
  (local.set $mask (i32.sub (array.len (global.get $selector_map)) (i32.const 1)))
  (local.set $index (i32.and (call $identity_hash (local.get $object)) (local.get $mask)))
  (loop $probe
    (if (i32.eqz (local.tee $entry (array.get $Words (global.get $selector_map) (local.get $index))))
      (then (return (i32.const 0))))
    (if (ref.eq (array.get $Slots (global.get $selectors) (i32.sub (local.get $entry) (i32.const 1))) (local.get $object))
      (then (return (i32.const 1))))
    (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
    (br $probe))
  (unreachable))

;; Makes the map anew, with room.
(func $map_selectors
  (local $size i32) (local $id i32)
  (local.set $size (i32.const 1024))
  (loop $larger
    (if (i32.lt_u (local.get $size) (i32.shl (global.get $selector_count) (i32.const 2)))
      (then (local.set $size (i32.shl (local.get $size) (i32.const 1))) (br $larger))))
  (global.set $selector_map (array.new_default $Words (local.get $size)))
  (loop $next
    (if (i32.lt_u (local.get $id) (global.get $selector_count))
      (then
        (call $map_selector (local.get $id))
        (local.set $id (i32.add (local.get $id) (i32.const 1)))
        (br $next)))))

(func $map_selector (param $id i32)
  (local $map (ref $Words)) (local $mask i32) (local $index i32)
  (local.set $map (global.get $selector_map))
  (local.set $mask (i32.sub (array.len (local.get $map)) (i32.const 1)))
  (local.set $index (i32.and (local.get $mask)
    (call $identity_hash (array.get $Slots (global.get $selectors) (local.get $id)))))
  (loop $probe
    (if (array.get $Words (local.get $map) (local.get $index))
      (then
        (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
        (br $probe))))
  (array.set $Words (local.get $map) (local.get $index) (i32.add (local.get $id) (i32.const 1))))
